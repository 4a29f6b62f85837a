import { categories, sectionNames, type CoverageLine, type PlannedLine, type Reason, type Section } from '#contracts';
import { compareCodePoints, nullsLast } from './code-points.ts';
import type { MergeInput } from './merge-input.ts';
import { chinaDay, compareWhen } from './moments.ts';
import { isAnswered, outcomeOf, type Outcome } from './outcome.ts';
import type { Standing } from './standing-answers.ts';

const objectionDays = 15; // 法释〔2013〕20号 art. 6
const categoryOrder = new Map(categories.map((category, at) => [category, at]));
const sectionOrder = new Map(sectionNames.map((name, at) => [name, at]));

/** The coverage (覆盖情况): one line per planned agency, asked or not, in the order of report.md §9.6. */
export function coverageLines(
  input: MergeInput,
  standing: ReadonlyMap<string, Standing>,
  stateAt: string,
): CoverageLine[] {
  const lines = input.plan.map((line) => {
    const heard = standing.get(line.agencyId);
    return line.notAskedCause !== null || heard === undefined
      ? coverageLine(line, notAsked, noDealings)
      : askedLine(line, { input, heard, stateAt });
  });
  return lines.toSorted(compareLines);
}

const compareLines = (
  a: Pick<CoverageLine, 'category' | 'agencyId' | 'requestNumber'>,
  b: Pick<CoverageLine, 'category' | 'agencyId' | 'requestNumber'>,
): number =>
  (categoryOrder.get(a.category) ?? 0) - (categoryOrder.get(b.category) ?? 0) ||
  compareCodePoints(a.agencyId, b.agencyId) ||
  nullsLast(a.requestNumber, b.requestNumber, compareCodePoints);

interface AskedContext {
  readonly input: MergeInput;
  readonly heard: Standing;
  readonly stateAt: string;
}

function askedLine(line: PlannedLine, { input, heard, stateAt }: AskedContext): CoverageLine {
  const said = outcomeOf(line, heard);
  const isDue = line.dueAt !== null && compareWhen(stateAt, line.dueAt) >= 0;
  if (isAnswered(said)) {
    const slaBreached =
      line.dueAt !== null && said.answer !== null && compareWhen(said.answer.receivedAt, line.dueAt) > 0;
    return coverageLine(line, said, { ...dealings(line, input), slaBreached });
  }
  const isWithdrawn = input.cancelled !== null && isOpen(said);
  const reason = isWithdrawn ? 'cancelled' : isDue && said.reason === 'pending' ? 'overdue' : said.reason;
  const { sentAt, acknowledgedAt } = dealings(line, input);
  return coverageLine(
    line,
    { ...said, reason },
    {
      sentAt,
      acknowledgedAt,
      stage: reason === 'pending' ? (input.paused ? 'held' : stageOf(said, { sentAt, acknowledgedAt })) : null,
      slaBreached: isDue,
      nextAttemptAt: isDue || isWithdrawn || said.answer === null ? null : nextAttemptOf(said),
      cancelled: reason === 'cancelled' ? withdrawal(said, input) : null,
    },
  );
}

/** What surrounds an answer: times of our own, and what follows from the clock of the report. */
interface Dealings {
  readonly sentAt: string | null;
  readonly acknowledgedAt: string | null;
  readonly stage: CoverageLine['stage'];
  readonly slaBreached: boolean;
  readonly nextAttemptAt: string | null;
  readonly cancelled: { readonly at: string | null; readonly by: string | null } | null;
}
const noDealings: Dealings = {
  sentAt: null,
  acknowledgedAt: null,
  stage: null,
  slaBreached: false,
  nextAttemptAt: null,
  cancelled: null,
};
const dealings = ({ agencyId }: PlannedLine, input: MergeInput): Dealings => ({
  ...noDealings,
  sentAt: input.sentAt.get(agencyId) ?? null,
  acknowledgedAt: input.acknowledged.get(agencyId) ?? null,
});

/** Still waited for or to be tried again, so that a withdrawal of the inquiry stops it. */
const isOpen = (said: Outcome): boolean =>
  said.reason === 'pending' || said.answer === null || nextAttemptOf(said) !== null;

const nextAttemptOf = ({ answer }: Outcome): string | null => answer?.nextAttemptAt ?? null;

function stageOf(
  { answer }: Outcome,
  { sentAt, acknowledgedAt }: Pick<Dealings, 'sentAt' | 'acknowledgedAt'>,
): CoverageLine['stage'] {
  const said = answer?.verdict === 'no-answer' ? answer.stage : null;
  if (said === 'held' || said === 'acknowledged') return said;
  if (acknowledgedAt !== null) return 'acknowledged';
  return said === 'sent' || sentAt !== null ? 'sent' : 'queued';
}

const withdrawal = ({ answer }: Outcome, { cancelled }: MergeInput): Dealings['cancelled'] => ({
  at: cancelled?.at ?? answer?.receivedAt ?? null,
  by: cancelled?.by ?? null,
});

type LineOutcome = Omit<Outcome, 'verdict'> & { readonly verdict: CoverageLine['verdict'] };
const notAsked: LineOutcome = {
  verdict: 'not-asked',
  reason: null,
  answer: null,
  sections: [],
  complete: null,
  provesAbsence: false,
  assetCount: null,
  candidateCount: 0,
  simulated: false,
  suspicious: 'none',
};

// oxlint-disable-next-line max-lines-per-function -- one literal with the fields of report.md §4 in their order; spreads cost five times as much at 4,000 lines
function coverageLine(line: PlannedLine, said: LineOutcome, around: Dealings): CoverageLine {
  const { answer, verdict } = said;
  const answered = answer !== null && answer.verdict !== 'no-answer' ? answer : null;
  const unanswered = answer !== null && answer.verdict === 'no-answer' ? answer : null;
  const isAnswer = isAnswered({ verdict });
  return {
    agencyId: line.agencyId,
    agencyName: line.agencyName,
    category: line.category,
    region: line.region,
    channelId: answer?.channelId ?? line.channelId,
    mode: line.mode,
    adapterId: answer?.adapterId ?? line.adapterId,
    adapterVersion: answer?.adapterVersion ?? line.adapterVersion,
    verdict,
    reason: said.reason,
    stage: around.stage,
    notAskedCause: verdict === 'not-asked' ? (line.notAskedCause ?? 'not-connected') : null,
    complete: said.complete,
    identityMatched: isAnswer ? true : null,
    provesAbsence: said.provesAbsence,
    suspicious: said.suspicious,
    sections: sorted(said.sections),
    requestNumber: answer?.requestNumber ?? line.requestNumber,
    attempts: answer?.attempt ?? 0,
    maxAttempts: answer?.maxAttempts ?? line.maxAttempts ?? 0,
    firstSentAt: answer?.firstSentAt ?? around.sentAt,
    lastSentAt: answer?.sentAt ?? around.sentAt,
    acknowledgedAt: around.acknowledgedAt ?? acknowledgedBy(unanswered),
    answeredAt: isAnswer && answer !== null ? answer.receivedAt : null,
    dueAt: line.dueAt,
    typicalMs: line.typicalMs,
    promisedMs: line.promisedMs,
    slaBreached: around.slaBreached,
    nextAttemptAt: around.nextAttemptAt,
    retryable: around.nextAttemptAt !== null,
    breakerState: answer?.breakerState ?? null,
    breakerOpenSince: answer?.breakerOpenSince ?? null,
    cancelledBy: around.cancelled?.by ?? null,
    cancelledAt: around.cancelled?.at ?? null,
    reasonCode: unanswered?.reasonCode ?? null,
    reasonText: unanswered?.reasonText ?? null,
    contactName: unanswered?.contactName ?? null,
    contactPhone: unanswered?.contactPhone ?? null,
    decideBy: said.reason === 'objected' && unanswered !== null ? decideBy(unanswered) : null,
    matchKeysSent: answer?.matchKeysSent ?? line.matchKeysSent,
    matchRule: answer?.matchRule ?? line.matchRule,
    assetCount: said.assetCount,
    candidateCount: said.candidateCount,
    dropped: isAnswer && answered !== null ? answered.dropped : null,
    answerId: answer?.answerId ?? null,
    asOf: answered?.asOf ?? null,
    asOfKind: answered?.asOfKind ?? null,
    rawMessageHash: answer?.rawHash ?? null,
    signatureStatus: isAnswer && answered !== null ? answered.signatureStatus : null,
    receiptDocumentId: null,
    reusedFrom: null,
    simulated: said.simulated,
  };
}

/** The clock of an objection runs from the day it reached the court. */
const decideBy = ({ receivedOn, receivedAt }: { receivedOn?: string | undefined; receivedAt: string }): string =>
  chinaDay(receivedOn === undefined ? receivedAt : `${receivedOn}T00:00:00+08:00`, objectionDays);

const acknowledgedBy = (unanswered: { stage: CoverageLine['stage']; receivedAt: string } | null): string | null =>
  unanswered?.stage === 'acknowledged' ? unanswered.receivedAt : null;

const sorted = (sections: readonly Section[]): Section[] =>
  sections.toSorted((a, b) => (sectionOrder.get(a.name) ?? 0) - (sectionOrder.get(b.name) ?? 0));

/** Lines by reason: the no-answer lines of a report. */
export function countByReason(lines: readonly CoverageLine[]): Partial<Record<Reason, number>> {
  const counts = new Map<Reason, number>();
  for (const { reason } of lines) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => compareCodePoints(a, b)));
}
