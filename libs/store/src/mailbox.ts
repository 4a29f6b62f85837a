import type { Agencies } from './agencies.ts';
import { answerByHand, type HandAnswer } from './answer-by-hand.ts';
import type { Transaction } from './database.ts';
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
import {
  findManualTask,
  listManualTasks,
  type ManualPage,
  type ManualScope,
  type OpenManualTask,
} from './manual-tasks.ts';
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
  /** Open tasks of manual channels, oldest first. */
  manualTasks(page: ManualPage): Promise<readonly OpenManualTask[]>;
  /** Null: not there, or outside of the scope. `delivered` false: it lies in nobody's list yet. */
  findManual(
    sought: ManualScope & { readonly requestNumber: string },
  ): Promise<(TaskKey & { readonly inquiryId: string; readonly delivered: boolean }) | null>;
  answerByHand(tx: Transaction, answer: HandAnswer): Promise<FeedbackTaken>;
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
  manualTasks: (page) => listManualTasks(context, page),
  findManual: (sought) => findManualTask(context, sought),
  answerByHand: (tx, answer) => answerByHand(context, tx, answer),
  quarantine: (message) => putInQuarantine(context, message),
  silent: (question) => silentAgencies(context, question),
  quarantineList: (limit) => openQuarantine(context).list({ after: null, limit }),
});
