import { isDeepStrictEqual } from 'node:util';
import { NoAnswer, type Mailbox, type MailboxTask, type Said } from '#contracts';

interface FedBack {
  readonly agencyId: string;
  readonly requestNumber: string;
  readonly said: Said;
}

/** The mailboxes behind a door, in memory, with a record of what the adapter did with them. */
export function memoryMailbox(tasks: readonly MailboxTask[]) {
  const fedBack: FedBack[] = [];
  const quarantined: { readonly agencyId: string | null; readonly paths: readonly string[] }[] = [];
  const handedOutTo: string[] = [];
  let broken = false;

  const own = (agencyId: string, number: string): MailboxTask | null =>
    tasks.find(({ agency, requestNumber }) => agency.agencyId === agencyId && requestNumber === number) ?? null;
  const answersTo = (number: string): readonly FedBack[] =>
    fedBack.filter(({ requestNumber }) => requestNumber === number);
  const stopIfAborted = (signal: AbortSignal): void => {
    if (signal.aborted) throw new NoAnswer('cancelled', 'stopped before the mailbox was opened');
    if (broken) throw new Error('the mailbox cannot be reached');
  };

  const mailbox: Mailbox = {
    async handOut(agencyId, limit, signal) {
      stopIfAborted(signal);
      handedOutTo.push(agencyId);
      return tasks
        .filter(({ agency, requestNumber }) => agency.agencyId === agencyId && answersTo(requestNumber).length === 0)
        .slice(0, limit);
    },
    async find(agencyId, number, signal) {
      stopIfAborted(signal);
      return own(agencyId, number);
    },
    async documents(agencyId, documentNumber, signal) {
      stopIfAborted(signal);
      const isTheirs = tasks.some(
        ({ agency, inquiry }) => agency.agencyId === agencyId && inquiry.legal.documentNumber === documentNumber,
      );
      return isTheirs ? [{ fileName: 'notice.pdf', fileType: 'pdf', bytes: Buffer.from('%PDF-1.7 synthetic') }] : [];
    },
    async cards(agencyId, number, signal) {
      stopIfAborted(signal);
      const officer = own(agencyId, number)?.inquiry.officer;
      if (!officer) return null;
      return {
        officerName: officer.name,
        workCardNo: officer.workCardNo,
        workCard: null,
        dutyCardNo: officer.dutyCardNo,
        dutyCard: null,
      };
    },
    async feedBack(agencyId, { requestNumber, said }, signal) {
      stopIfAborted(signal);
      if (!own(agencyId, requestNumber)) return 'unknown';
      const last = answersTo(requestNumber).at(-1);
      fedBack.push({ agencyId, requestNumber, said });
      if (!last) return 'accepted';
      return isDeepStrictEqual(last.said, said) ? 'repeated' : 'changed';
    },
    async quarantine(agencyId, paths, signal) {
      stopIfAborted(signal);
      quarantined.push({ agencyId, paths });
    },
  };

  return {
    mailbox,
    fedBack: fedBack as readonly FedBack[],
    quarantined: quarantined as readonly (typeof quarantined)[number][],
    handedOutTo: handedOutTo as readonly string[],
    /** From now on nothing can be read or kept, as when the database is down. */
    breakDown: () => void (broken = true),
  };
}

export type MemoryMailbox = ReturnType<typeof memoryMailbox>;
