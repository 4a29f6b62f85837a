import type { CaseDocument, Mailbox, MailboxTask, OfficerCards } from '#contracts';
import type { HandedTask } from '#store';
import { keepUnreadable, type Message, takeFeedback } from '../take-feedback.ts';
import type { WorkerParts } from '../worker-parts.ts';
import type { CardPictures } from './card-pictures.ts';
import type { StrangerQuota } from './stranger-quota.ts';

/** One call at a door: also what it takes to read it again. */
export interface DoorCall extends Message {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly strangers?: StrangerQuota; // left out: whatever comes is kept
}

/**
 * The mailboxes of one channel as the adapter's door code sees them during one call. Everything is bound to the agency
 * whose credentials were shown; a feedback is durable before its receipt goes out.
 */
export function channelMailbox(parts: WorkerParts, cards: CardPictures, call: DoorCall): Mailbox {
  const { store } = parts;
  const { config } = call.hosted;
  const channelId = config.channelId;
  return {
    async handOut(agencyId, limit, signal) {
      signal.throwIfAborted();
      const tasks = await store.mailbox.handOut({ channelId, agencyId, limit, at: parts.clock.now() });
      return tasks.flatMap((task) => toTask(call, agencyId, task));
    },
    async find(agencyId, requestNumber, signal) {
      signal.throwIfAborted();
      const task = await store.mailbox.find({ channelId, agencyId, requestNumber });
      return task ? (toTask(call, agencyId, task)[0] ?? null) : null;
    },
    async documents(agencyId, documentNumber, signal): Promise<readonly CaseDocument[]> {
      signal.throwIfAborted();
      const files = await store.mailbox.documents({ channelId, agencyId, documentNumber });
      return files.map(({ view, bytes }) => ({ fileName: view.fileName, fileType: view.fileType, bytes }));
    },
    async cards(agencyId, requestNumber, signal): Promise<OfficerCards | null> {
      signal.throwIfAborted();
      const task = await store.mailbox.find({ channelId, agencyId, requestNumber });
      return task ? cards.of(task.inquiry.officer) : null;
    },
    feedBack: (agencyId, feedback, signal) => takeFeedback(parts, call, { agencyId, ...feedback, signal }),
    async quarantine(agencyId, paths, signal) {
      signal.throwIfAborted();
      if (agencyId === null && !isKept(parts, call)) return;
      await keepUnreadable(parts, { ...call, origin: originOf(call) }, { agencyId, paths });
    },
  };
}

/** What says who calls is not kept: the body is read again as it came, and has its own credentials in it, sealed. */
const credentialHeader = /^(authorization|proxy-authorization|cookie|.*(token|secret|password|api-?key|signature).*)$/i;

const originOf = ({ method, path, headers, simulated }: DoorCall) => ({
  source: 'door' as const,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !credentialHeader.test(name))),
  ...{ method, path, simulated },
});
/** Every refusal is counted; one a minute is logged, so that the log is not filled instead of the disk. */
function isKept({ metrics, log }: WorkerParts, { hosted, raw, strangers }: DoorCall): boolean {
  const { channelId } = hosted.config;
  const taken = strangers?.take(channelId, raw.byteLength) ?? 'kept';
  if (taken === 'kept') return true;
  metrics.doorCalled({ channelId, result: 'quarantine-full' });
  if (taken === 'first-refused') log.warn('quarantine.filled', { channelId });
  return false;
}

/** Agencies may leave the directory while a task of theirs is open; then nobody can log in for it any more. */
function toTask(call: Message, agencyId: string, task: HandedTask): MailboxTask[] {
  const agency = call.hosted.channel.agencies.get(agencyId);
  return agency ? [{ requestNumber: task.requestNumber, inquiry: task.inquiry, agency }] : [];
}
