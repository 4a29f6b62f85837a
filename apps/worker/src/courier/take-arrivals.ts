import { type Agency, type ArrivedPackage, type BoxFile, NoAnswer, noAnswerSaid, type ReceiptLine } from '#contracts';
import { sha256Hex } from '#platform';
import type { ArrivedState } from '#store';
import { keepUnreadable, type Message, takeFeedback } from '../take-feedback.ts';
import type { WorkerParts } from '../worker-parts.ts';
import { atEachBox, type Round } from './round.ts';

/** Takes what the agencies dropped, agency by agency. A box that fails leaves the others alone while the line holds. */
export async function takeArrivals(parts: WorkerParts, round: Round): Promise<void> {
  await atEachBox(parts, round.agencies, async (agency) => {
    round.signal.throwIfAborted();
    await takeBox(parts, { ...round, agency });
  });
}

interface AtBox extends Round {
  readonly agency: Agency;
}

async function takeBox(parts: WorkerParts, at: AtBox): Promise<void> {
  const { agency, boxes, signal } = at;
  const files = await boxes.of(agency).list(signal);
  if (files.length > 0) await parts.store.agencies.notePoll(agency.agencyId, parts.clock.now());
  for (const file of files) {
    signal.throwIfAborted();
    if (file.state === 'too-large') await setAside(parts, at, file);
    else if (file.state === 'complete') await takeFile(parts, at, file.name);
  }
}

/** Too large to be read at all: it stays whole in the archive of the box, and people are told. */
async function setAside(parts: WorkerParts, at: AtBox, { name, sizeBytes }: BoxFile): Promise<void> {
  const { agency, hosted, boxes, signal } = at;
  const message: Message = { hosted, raw: new Uint8Array(), simulated: hosted.config.simulated };
  const paths = [`a file of ${sizeBytes} bytes, left in the archive of the box`];
  await keepUnreadable(parts, message, { agencyId: agency.agencyId, paths });
  await boxes.of(agency).archive(name, `${name}.too-large`, signal);
}

interface Taken {
  readonly name: string;
  readonly contentHash: string;
  readonly message: Message;
  /** Begun by an earlier round: what that one journalled counts as taken now. */
  readonly isUnfinished: boolean;
}

/**
 * One file: remembered, journalled, receipted, marked as done, archived; in this order, so that after a crash the file is
 * still there and is taken again, with the same result.
 */
async function takeFile(parts: WorkerParts, at: AtBox, name: string): Promise<void> {
  const { store, clock } = parts;
  const { agency, hosted, boxes, signal } = at;
  const { channelId, simulated } = hosted.config;
  const box = boxes.of(agency);
  const raw = await box.read(name, signal);
  const contentHash = `sha256:${sha256Hex(raw)}`;
  const file = { channelId, agencyId: agency.agencyId, name, contentHash };
  const arrival = await store.packages.arrive({ ...file, at: clock.now() });
  let state: Done = 'read';
  if (arrival !== 'done') {
    const taken: Taken = {
      ...{ name, contentHash, isUnfinished: arrival === 'unfinished' },
      message: { hosted, raw, simulated, origin: { source: 'package', name } },
    };
    state = arrival === 'conflicting' ? await tellConflict(parts, at, taken) : await readFile(parts, at, taken);
    await store.packages.finish({ ...file, state, at: clock.now() });
  }
  await box.archive(name, state === 'read' ? name : `${name}.${contentHash.slice(7, 19)}`, signal);
}

type Done = Exclude<ArrivedState, 'arrived'>;

/** A package name is processed once; the same name with other bytes is kept, and people are told. */
async function tellConflict(parts: WorkerParts, { agency, hosted }: AtBox, { message }: Taken): Promise<Done> {
  const { agencyId } = agency;
  const { channelId } = hosted.config;
  await keepUnreadable(parts, message, { agencyId, paths: ['a package name that came before, with other bytes'] });
  await parts.store.operationsEvents.tell({ kind: 'package-conflict', channelId, agencyId });
  return 'conflicting';
}

async function readFile(parts: WorkerParts, at: AtBox, taken: Taken): Promise<Done> {
  const { agency, hosted, batch, boxes, signal } = at;
  const { agencyId } = agency;
  const opened = openedOrComplaint(() => batch.unpack(agency, { name: taken.name, bytes: taken.message.raw }));
  if ('complaint' in opened) {
    await keepUnreadable(parts, taken.message, { agencyId, paths: [opened.complaint] });
    return 'unreadable';
  }
  const { lines, strangers } = await takeLines(parts, at, { ...taken, opened });
  if (opened.isWholeBatch) await takeMissing(parts, at, { ...taken, opened });
  const complaints = [...opened.complaints, ...strangers];
  if (complaints.length > 0) await keepUnreadable(parts, taken.message, { agencyId, paths: complaints });
  await boxes.of(agency).put(opened.receipt(lines), signal);
  const { channelId } = hosted.config;
  const { batchNumber } = opened;
  parts.log.info('package.read', { channelId, agencyId, batchNumber, answers: lines.length });
  return 'read';
}

export function openedOrComplaint(open: () => ArrivedPackage): ArrivedPackage | { readonly complaint: string } {
  try {
    return open();
  } catch (error) {
    if (error instanceof NoAnswer) return { complaint: error.message };
    throw error;
  }
}

type Opened = Taken & { readonly opened: ArrivedPackage };

/** Every request number alone: a bad one never disturbs the others. */
export async function takeLines(
  parts: WorkerParts,
  { agency, hosted, signal }: Pick<AtBox, 'agency' | 'hosted' | 'signal'>,
  { opened, message, isUnfinished }: Pick<Opened, 'opened' | 'message' | 'isUnfinished'>,
) {
  const { agencyId } = agency;
  const lines: ReceiptLine[] = [];
  const strangers: string[] = [];
  for (const [index, requestNumber] of opened.requestNumbers.entries()) {
    const task = await parts.store.mailbox.find({ channelId: hosted.config.channelId, agencyId, requestNumber });
    const said = task && opened.said({ requestNumber, agency, inquiry: task.inquiry });
    const outcome = said ? await takeFeedback(parts, message, { agencyId, requestNumber, said, signal }) : 'unknown';
    if (outcome === 'unknown') strangers.push(`request number ${index}: not a number of this agency`);
    const isUnreadable = said?.verdict === 'no-answer' && said.reason === 'unintelligible';
    const isOwnRepeat = isUnfinished && outcome === 'repeated';
    lines.push({ requestNumber, outcome: isUnreadable ? 'unreadable' : isOwnRepeat ? 'accepted' : outcome });
  }
  return { lines, strangers };
}

const missing = noAnswerSaid('incomplete', { reasonCode: 'missing-in-package' });

/** A query batch comes back whole: whom the package does not name was left out. What comes later is a later answer. */
async function takeMissing(parts: WorkerParts, at: AtBox, { opened, message }: Opened): Promise<void> {
  const { agency, hosted, signal } = at;
  const { agencyId } = agency;
  const key = { channelId: hosted.config.channelId, agencyId, batchNumber: opened.batchNumber };
  for (const requestNumber of await parts.store.packages.openNumbers(key)) {
    if (opened.requestNumbers.includes(requestNumber)) continue;
    await takeFeedback(parts, message, { agencyId, requestNumber, said: missing, signal });
  }
}
