import type { Answer, Inquiry, PlannedLine } from '#contracts';

/**
 * Everything a report is made of (report.md §9.1): the inquiry, its plan, what was heard, and nothing else. The maps are
 * by agency id. Answers come in any order, with repeats and superseded attempts among them.
 */
export interface MergeInput {
  readonly inquiry: Inquiry;
  readonly plan: readonly PlannedLine[];
  readonly answers: readonly Answer[];
  /** When an agency took its task out of the mailbox, or confirmed receipt. */
  readonly acknowledged: ReadonlyMap<string, string>;
  /** When an asking left us or was laid into the mailbox. */
  readonly sentAt: ReadonlyMap<string, string>;
  readonly closedAt: string | null;
  /** The whole inquiry was withdrawn. A line withdrawn alone has an answer with the reason `cancelled`. */
  readonly cancelled: { readonly at: string; readonly by: string } | null;
  /** Somebody holds the inquiry: what is not answered waits. */
  readonly paused?: boolean;
  /** Decisions about name-only matches; none can be made yet, so each of them waits. */
  readonly reviews: readonly never[];
}

export type FoundAnswer = Extract<Answer, { verdict: 'found' }>;
export type NothingAnswer = Extract<Answer, { verdict: 'nothing' }>;
export type NoAnswerAnswer = Extract<Answer, { verdict: 'no-answer' }>;
export type Answered = FoundAnswer | NothingAnswer;
