import type { Agencies } from './agencies.ts';
import type { StoredFile } from './files.ts';
import { type FeedbackTaken, type FeedbackToTake, takeFeedback } from './mailbox-feedback.ts';
import {
  type DocumentKey,
  findTask,
  type FoundTask,
  type HandedTask,
  handOut,
  type MailboxOwner,
  readProgress,
  taskDocuments,
  type TaskKey,
  type TaskProgress,
} from './mailbox-tasks.ts';
import { openQuarantine, putInQuarantine, type Quarantined, type ToQuarantine } from './quarantine.ts';
import { silentAgencies, type SilenceQuestion, type SilentAgency } from './silent-agencies.ts';
import type { StoreContext } from './store-context.ts';

/** Tasks that lie ready for agencies which poll us, and what they feed back (取件、反馈). */
export type MailboxTasks = {
  handOut(poll: MailboxOwner & { readonly limit: number; readonly at: Date }): Promise<readonly HandedTask[]>;
  /** Null: not there, or another agency's. */
  find(key: TaskKey): Promise<FoundTask | null>;
  documents(key: DocumentKey): Promise<readonly StoredFile[]>;
  feedBack(taken: FeedbackToTake): Promise<FeedbackTaken>;
  progress(inquiryId: string): Promise<ReadonlyMap<string, TaskProgress>>;
  /** Agencies that have not come since then, although tasks have lain ready for them longer than that. */
  silent(question: SilenceQuestion): Promise<readonly SilentAgency[]>;
  quarantine(message: ToQuarantine): Promise<string>;
  quarantineList(limit: number): Promise<readonly Quarantined[]>;
};

export const openMailbox = (context: StoreContext, agencies: Pick<Agencies, 'notePoll'>): MailboxTasks => ({
  handOut: async (poll) => {
    await agencies.notePoll(poll.agencyId, poll.at);
    return handOut(context, poll);
  },
  find: (key) => findTask(context, key),
  documents: (key) => taskDocuments(context, key),
  feedBack: (taken) => takeFeedback(context, taken),
  progress: (inquiryId) => readProgress(context, inquiryId),
  quarantine: (message) => putInQuarantine(context, message),
  silent: (question) => silentAgencies(context, question),
  quarantineList: (limit) => openQuarantine(context).list({ after: null, limit }),
});
