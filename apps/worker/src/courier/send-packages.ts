import type { Agency, FileBox, PackedTask } from '#contracts';
import { sha256Hex } from '#platform';
import type { AssignedPackage } from '#store';
import type { WorkerParts } from '../worker-parts.ts';
import { atEachBox, type Round } from './round.ts';

/** So many packages in one round; what is left is for the next one. */
const mostPackages = 500;

/**
 * Three steps, each of which may be the last before a crash: open tasks are assigned to a package, the package is made of
 * them and put, and it is marked as sent. What an earlier round left is put again first: same tasks, same name.
 */
export async function sendPackages(parts: WorkerParts, round: Round): Promise<void> {
  await assignPackages(parts, round);
  const { channelId } = round.hosted.config;
  await atEachBox(parts, await parts.store.packages.unsent(channelId, mostPackages), async (assigned) => {
    round.signal.throwIfAborted();
    const agency = round.agencies.find(({ agencyId }) => agencyId === assigned.agencyId);
    if (agency) await sendPackage(parts, round, { agency, assigned }); // otherwise it is paused, or left the directory
  });
}

/** First step: which tasks travel together. */
export async function assignPackages({ store, clock }: WorkerParts, round: Round): Promise<void> {
  const { hosted, batch, agencies, signal } = round;
  const { channelId } = hosted.config;
  const served = new Set(agencies.map(({ agencyId }) => agencyId));
  for (const agencyId of await store.packages.waitingAgencies(channelId, mostPackages)) {
    signal.throwIfAborted();
    if (!served.has(agencyId)) continue;
    await store.packages.assign({ channelId, agencyId, limit: batch.maxTasksPerPackage, at: clock.now() });
  }
}

interface ToSend {
  readonly agency: Agency;
  readonly assigned: AssignedPackage;
}

async function sendPackage(parts: WorkerParts, round: Round, { agency, assigned }: ToSend): Promise<void> {
  const { store, clock, log } = parts;
  const { channelId } = round.hosted.config;
  const { batchNumber } = assigned;
  const { name, bytes } = await putPackage(parts, round, { agency, assigned });
  const contentHash = `sha256:${sha256Hex(bytes)}`;
  await store.packages.markSent({ channelId, batchNumber, name, contentHash, at: clock.now() });
  log.info('package.sent', {
    channelId,
    agencyId: agency.agencyId,
    batchNumber,
    tasks: assigned.requestNumbers.length,
  });
}

/** Second step: the file, made of the assigned tasks alone. */
export async function putPackage(parts: WorkerParts, round: Round, { agency, assigned }: ToSend) {
  const { batchNumber, requestNumbers } = assigned;
  const tasks: PackedTask[] = [];
  for (const requestNumber of requestNumbers) {
    const packed = await packedTask(parts, round, { agency, requestNumber });
    if (packed) tasks.push(packed);
  }
  const file = round.batch.pack({ batchNumber, agency, tasks });
  const box: FileBox = round.boxes.of(agency);
  await box.put(file, round.signal);
  return file;
}

async function packedTask(
  { store }: WorkerParts,
  { hosted, cards }: Round,
  { agency, requestNumber }: { readonly agency: Agency; readonly requestNumber: string },
): Promise<PackedTask | null> {
  const owner = { channelId: hosted.config.channelId, agencyId: agency.agencyId };
  const task = await store.mailbox.find({ ...owner, requestNumber });
  if (!task) return null;
  const { inquiry } = task;
  const files = await store.mailbox.documents({ ...owner, documentNumber: inquiry.legal.documentNumber });
  return {
    task: { requestNumber, agency, inquiry },
    documents: files.map(({ view, bytes }) => ({ fileName: view.fileName, fileType: view.fileType, bytes })),
    cards: cards.of(inquiry.officer),
  };
}
