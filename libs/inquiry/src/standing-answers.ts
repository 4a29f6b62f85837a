import type { Answer } from '#contracts';
import { compareCodePoints } from './code-points.ts';
import type { Answered, FoundAnswer, MergeInput, NoAnswerAnswer } from './merge-input.ts';
import { compareWhen } from './moments.ts';

/** What counts of all that one agency sent for one inquiry. */
export interface Standing {
  /** The answer that stands; null while there is none. */
  readonly main: Answered | null;
  /** A later part with transactions, which extends the answer and never is one. */
  readonly transactions: Answered | null;
  /** The latest attempt without an answer. It counts only while there is no answer. */
  readonly noAnswer: NoAnswerAnswer | null;
  /** Answers that `main` replaced, with another content; kept in the journal as evidence. */
  readonly replaced: readonly Answered[];
  /** The same asking was answered twice with different content (R13). */
  readonly contradicted: boolean;
}

/**
 * The answers that stand, by agency (report.md §9.1). The order of `answers` does not matter; content that an
 * agency says again counts once, at its first receipt, so that a repeated delivery changes nothing (R14). Said again
 * after something else it is a later statement, and stands (R13).
 */
export function standingAnswers({ inquiry, plan, answers }: MergeInput): ReadonlyMap<string, Standing> {
  const heard = new Map<string, Heard>();
  for (const { agencyId, notAskedCause, requestNumber } of plan) {
    if (notAskedCause === null) heard.set(agencyId, { requestNumber, answered: [], noAnswer: null });
  }
  for (const answer of answers) {
    const before = heard.get(answer.agencyId);
    if (before !== undefined && answer.inquiryId === inquiry.inquiryId) hear(before, answer); // M3: one debtor
  }
  const standing = new Map<string, Standing>();
  for (const [agencyId, each] of heard) standing.set(agencyId, stand(each));
  return standing;
}

interface Heard {
  /** Under which the agency is asked now; a re-query (补查) gives a new one. */
  readonly requestNumber: string | null;
  readonly answered: Answered[];
  noAnswer: NoAnswerAnswer | null;
}

function hear(heard: Heard, answer: Answer): void {
  if (answer.verdict === 'no-answer') {
    if (answer.requestNumber !== heard.requestNumber) return; // asked again since: the old failure says nothing any more
    if (heard.noAnswer === null || compareAttempts(heard.noAnswer, answer) < 0) heard.noAnswer = answer;
    return;
  }
  heard.answered.push(answer);
}

/** Without what only repeats the last content of the same part for the same asking; in the order of receipt. */
function withoutRepeats(answered: readonly Answered[]): readonly Answered[] {
  const last = new Map<string, string>();
  return answered.toSorted(compareReceipt).filter(({ part, requestNumber, contentHash }) => {
    const asking = `${part} ${requestNumber}`;
    const isRepeat = last.get(asking) === contentHash;
    last.set(asking, contentHash);
    return !isRepeat;
  });
}

/** By time of receipt; of two received in one moment the greater id counts as the later one. */
export const compareReceipt = (a: Answer, b: Answer): number =>
  compareWhen(a.receivedAt, b.receivedAt) || compareCodePoints(a.answerId, b.answerId);

const compareAttempts = (a: Answer, b: Answer): number =>
  compareWhen(a.receivedAt, b.receivedAt) || a.attempt - b.attempt || compareCodePoints(a.answerId, b.answerId);

function stand({ answered, noAnswer }: Heard): Standing {
  if (answered.length === 1 && answered[0]?.part === 'main') {
    return { main: answered[0], transactions: null, noAnswer, replaced: [], contradicted: false };
  }
  const inTime = withoutRepeats(answered);
  const main = inTime.findLast(({ part }) => part === 'main') ?? null;
  const transactions = inTime.findLast(({ part }) => part === 'transactions') ?? null;
  const replaced = inTime.filter((each) => each !== main && each !== transactions);
  const contradicted = replaced.some(
    (each) => each.part === 'main' && each.requestNumber === main?.requestNumber && !isCompletedBy(each, main),
  );
  return { main, transactions, noAnswer, replaced, contradicted };
}

/** What an agency calls a part of its answer is completed by what follows, and not contradicted. */
const isCompletedBy = (part: Answered, whole: Answered): boolean =>
  part.verdict === 'found' && !part.complete && whole.verdict === 'found';

/** The newest answer in which this agency named assets, if it has since been replaced. */
export const replacedFindings = ({ replaced }: Standing): readonly FoundAnswer[] =>
  replaced.filter((each): each is FoundAnswer => each.verdict === 'found');

/** An agency that answered one asking twice, with different content: accepted, and worth an alarm (R13). */
export interface Contradiction {
  readonly agencyId: string;
  readonly requestNumber: string;
  readonly standingAnswerId: string;
  readonly replacedAnswerIds: readonly string[];
}

/** The contradictions among the answers of an inquiry, for the alarm; the report marks the assets concerned. */
export function contradictionsIn(input: MergeInput): readonly Contradiction[] {
  return [...standingAnswers(input)].flatMap(([agencyId, { main, contradicted, replaced }]) => {
    if (main === null || !contradicted) return [];
    const replacedAnswerIds = replaced.map(({ answerId }) => answerId);
    return [{ agencyId, requestNumber: main.requestNumber, standingAnswerId: main.answerId, replacedAnswerIds }];
  });
}
