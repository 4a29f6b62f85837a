import type { RetentionRule } from '#contracts';
import type { StoreContext } from '../store-context.ts';

/** One row that is due, with the hashes of what is in it. The id sorts, so that a sweep goes on after it. */
export type DueItem = { readonly id: string; readonly hashes: readonly string[] };

export type DueQuestion = { readonly before: Date; readonly after: string | null; readonly limit: number };
export type Removal = { readonly ids: readonly string[]; readonly at: Date; readonly certificateId: string };

/** How things of one kind are found by their age, and removed. `context.db` is the transaction. */
export type AgeRule = {
  readonly rule: RetentionRule;
  /** Due and not held, in the order of their ids. */
  due(context: StoreContext, question: DueQuestion): Promise<readonly DueItem[]>;
  remove(context: StoreContext, removal: Removal): Promise<void>;
  count(context: StoreContext, before: Date): Promise<{ readonly due: number; readonly held: number }>;
};

export type Counted = { readonly due: string; readonly held: string };
export const countsOf = (rows: readonly Counted[]): { readonly due: number; readonly held: number } => ({
  due: Number(rows[0]?.due ?? 0),
  held: Number(rows[0]?.held ?? 0),
});
