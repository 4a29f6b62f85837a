import type { Answer, Inquiry, PlannedLine, RowScope } from '#contracts';
import { getInquiry } from './inquiry-rows.ts';
import { readAnswers } from './journal.ts';
import { readProgress } from './mailbox-tasks.ts';
import type { StoreContext } from './store-context.ts';

/** Everything a report is made of, in the form the merge takes it (libs/inquiry/src/merge-input.ts). */
export type ReportMaterial = {
  readonly inquiry: Inquiry;
  readonly plan: readonly PlannedLine[];
  readonly answers: readonly Answer[];
  /** By agency: when it fetched its task for the first time. */
  readonly acknowledged: ReadonlyMap<string, string>;
  /** By agency: when its task was laid into its mailbox. Calls carry their time in the answer. */
  readonly sentAt: ReadonlyMap<string, string>;
  readonly closedAt: string | null;
  /** The whole inquiry was withdrawn. */
  readonly cancelled: { readonly at: string; readonly by: string } | null;
  readonly paused: boolean;
  readonly reviews: readonly never[];
  /** The inquiry's newest number that is in here, for `reports.append`. */
  readonly upToSeq: number;
};

/** One snapshot: what a concurrent append adds is wholly in it or not at all. */
export const readMaterial = (
  context: StoreContext,
  inquiryId: string,
  scope: RowScope,
): Promise<ReportMaterial | null> =>
  context.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (db) => {
      const reading = { ...context, db };
      const stored = await getInquiry(reading, inquiryId, scope);
      if (!stored) return null;
      const { inquiry, plan, closedAt, cancelledAt, cancelledBy, seq } = stored;
      const progress = await readProgress(reading, inquiryId);
      const rows = await readAnswers(reading, inquiryId, 0);
      const cancelled = cancelledAt === null || cancelledBy === null ? null : { at: cancelledAt, by: cancelledBy };
      return {
        inquiry,
        plan,
        answers: rows.flatMap(({ answers }) => answers),
        acknowledged: known(progress, ({ acknowledgedAt }) => acknowledgedAt),
        sentAt: known(progress, ({ deliveredAt }) => deliveredAt),
        closedAt,
        cancelled,
        paused: stored.pausedAt !== null,
        reviews: [],
        upToSeq: seq,
      };
    });

function known<T>(all: ReadonlyMap<string, T>, timeOf: (each: T) => string | null): ReadonlyMap<string, string> {
  const times = [...all].flatMap(([agencyId, each]): [string, string][] => {
    const time = timeOf(each);
    return time === null ? [] : [[agencyId, time]];
  });
  return new Map(times);
}
