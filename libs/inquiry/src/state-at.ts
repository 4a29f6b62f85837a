import type { MergeInput } from './merge-input.ts';
import { later } from './moments.ts';
import type { Standing } from './standing-answers.ts';

/**
 * The moment of the newest event in the report: what was accepted, taken out of a mailbox, heard, withdrawn or closed.
 * Repeats and superseded attempts are no events of it, so that they change no byte. Never a clock.
 */
export function stateAtOf(input: MergeInput, standing: Iterable<Standing>): string {
  let newest = input.inquiry.requestedAt;
  if (input.closedAt !== null) newest = later(newest, input.closedAt);
  if (input.cancelled !== null) newest = later(newest, input.cancelled.at);
  for (const at of input.acknowledged.values()) newest = later(newest, at);
  for (const { main, transactions, noAnswer } of standing) {
    if (main !== null) newest = later(newest, main.receivedAt);
    else if (noAnswer !== null) newest = later(newest, noAnswer.receivedAt);
    if (transactions !== null) newest = later(newest, transactions.receivedAt);
  }
  return newest;
}
