import type { Agency, ChannelConfig } from '#contracts';
import { errorCode, type Log } from '#platform';
import { bankAnswer } from '../bank/bank-answer.ts';
import { openDueQueue, type DueQueue } from '../bank/due-queue.ts';
import type { CallLedger } from '../call-ledger.ts';
import { scenarioOfFault, type Fault } from '../faults/fault.ts';
import type { FaultPlan, InjectedFault } from '../faults/fault-plan.ts';
import { recordAt, textAt } from '../json-value.ts';
import { latencyOf } from '../latency.ts';
import { scenarioOf } from '../world/magic-debtors.ts';
import { worldKey } from '../world/person.ts';
import { type Piece, piecesOf } from './bank-package.ts';
import { type CourtPackage, type PackedRequest, readCourtPackage } from './court-package.ts';
import { dropsOf, type Drop } from './drops.ts';
import { type FileTree, openFileTree } from './file-tree.ts';
import { hostKeyOf } from './host-key.ts';
import { type SftpServer, startSftpServer } from './sftp-server.ts';

export interface FileBanksParts {
  readonly seed: number;
  readonly channel: ChannelConfig;
  readonly agencies: readonly Agency[];
  readonly secret: (name: string) => string;
  readonly faults: FaultPlan;
  readonly ledger: CallLedger;
  readonly latencyScale: number;
  readonly now: () => Date;
  readonly log: Log;
}

export interface FileBanks {
  stop(): Promise<void>;
}

/** Where a bank fetches and drops, named as the court sees it. */
interface FileBank {
  readonly agency: Agency;
  readonly outbox: string;
  readonly inbox: string;
  readonly seen: Set<string>;
}

interface Desk extends FileBanksParts {
  readonly tree: FileTree;
  readonly agenda: DueQueue<Drop & { readonly inbox: string }>;
}

const tickMs = 50;
const dropsAtOnce = 100;
const rememberedNumbers = 10_000;

/** Banks of transport F: the court's box as an SFTP server, and behind it the banks that fetch packages and drop answers. */
export async function startFileBanks(parts: FileBanksParts): Promise<FileBanks> {
  const { channel, agencies, now, log } = parts;
  const settings = recordAt(channel.settings, 'sftp');
  const tree = openFileTree(now);
  const folder = (key: string, { code }: Agency): string => {
    const path = (textAt(settings, key) ?? `/{code}/${key}`).replaceAll('{code}', code);
    tree.makeFolder(path);
    return path;
  };
  const banks = agencies.map((agency): FileBank => {
    folder('archivePath', agency);
    return { agency, outbox: folder('outboxPath', agency), inbox: folder('inboxPath', agency), seen: new Set() };
  });
  const server: SftpServer = await startSftpServer({
    port: Number(textAt(settings, 'port') ?? '22'),
    hostKey: hostKeyOf(channel.channelId),
    username: textAt(settings, 'username') ?? '',
    password: parts.secret(textAt(recordAt(settings, 'passwordRef'), 'secret') ?? ''),
    tree,
  });
  const desk: Desk = { ...parts, tree, agenda: openDueQueue() };
  const timer = setInterval(() => {
    for (const bank of banks) fetchPackages(desk, bank);
    for (const { inbox, name, bytes } of desk.agenda.takeDue(now().getTime(), dropsAtOnce))
      tree.write(`${inbox}/${name}`, bytes);
  }, tickMs);
  log.info('simulator.box-opened', { channelId: channel.channelId, port: server.port, agencies: agencies.length });
  return {
    stop: async () => {
      clearInterval(timer);
      await server.stop();
    },
  };
}

const staysAway = (fault: Fault): boolean => fault === 'no-poll' || fault === 'down';
const callOnly = new Set<Fault>(['5xx', '429', 'gzip-bomb', 'wrong-identity', 'empty', 'wrong-encoding', 'reset']);
const hitsPackage = (fault: Fault): boolean => !staysAway(fault) && !callOnly.has(fault);

/** Takes what the court laid out; a package that cannot be read stays lying, and is logged. */
function fetchPackages(desk: Desk, bank: FileBank): void {
  const { tree, log, faults, ledger } = desk;
  const names = tree.names(bank.outbox).filter((name) => !name.endsWith('.part'));
  if (names.length === 0 || faults.take(bank.agency, staysAway) !== null) return;
  ledger.poll(bank.agency.agencyId);
  for (const name of names) {
    const file = tree.read(`${bank.outbox}/${name}`);
    tree.remove(`${bank.outbox}/${name}`);
    try {
      const read = file === null ? null : readCourtPackage(name, file.bytes);
      if (read !== null) answerPackage(desk, bank, read);
    } catch (error) {
      log.warn('simulator.failed', { code: errorCode(error) });
    }
  }
}

/** Drops what it has already (bank-zdz.md §2), and puts the package back when every debtor in it is answered. */
function answerPackage(desk: Desk, bank: FileBank, { batchNumber, requests }: CourtPackage): void {
  const { agency, seen, inbox } = bank;
  const fresh = requests.filter(({ task }) => !seen.has(task.requestNumber));
  for (const { task } of fresh) seen.add(task.requestNumber);
  for (const old of [...seen].slice(0, Math.max(0, seen.size - rememberedNumbers))) seen.delete(old);
  if (fresh.length === 0) return;
  const injected = desk.faults.take(agency, hitsPackage);
  const answers = fresh.map((request) => answerOf(desk, agency, { request, injected }));
  if (answers.some((pieces) => pieces.length === 0)) return; // one debtor is never answered, so nothing comes back
  for (const { task } of fresh) desk.ledger.exchange(agency.agencyId, task.requestNumber);
  const nowMs = desk.now().getTime();
  for (const drop of dropsOf({ agency, batchNumber, answers, injected }))
    desk.agenda.put(nowMs + drop.afterMs, { ...drop, inbox });
}

interface ToAnswer {
  readonly request: PackedRequest;
  readonly injected: InjectedFault | null;
}

function answerOf(desk: Desk, agency: Agency, { request, injected }: ToAnswer): readonly Piece[] {
  const { seed, latencyScale, now } = desk;
  const { task, objection } = request;
  const changed = injected === null ? undefined : scenarioOfFault[injected.fault];
  const isRepeat = changed === 'repeat-answer' || changed === 'changed-answer'; // of the whole package: see drops.ts
  const scenario = changed === undefined || isRepeat ? scenarioOf(worldKey(task.idNumber)) : changed;
  if (injected?.fault === 'hang') return [];
  const at = new Date(now().getTime() + 8 * 3_600_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ')
    .replaceAll('-', '/');
  const answer = bankAnswer({ seed, agency, task, scenario, spoil: null, objection, foreignNumber: null, at });
  const thinkMs = latencyOf({ seed, agencyId: agency.agencyId, key: task.idNumber }) * latencyScale;
  return piecesOf(task.requestNumber, answer).map((piece) => ({ ...piece, afterMs: piece.afterMs + thinkMs }));
}
