import type {
  Agency,
  cancellationViewSchema,
  CoverageLine,
  newRequerySchema,
  ProblemItem,
  requeryViewSchema,
} from '#contracts';
import { numbersFor, stateItems } from '#inquiry';
import { toDay } from '#platform';
import type { Transaction } from '#store';
import type { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import { inquiryToActOn } from '../access/looking.ts';
import type { Gateway } from '../gateway.ts';
import type { Done } from '../http/intents.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { liveReport } from '../reports/live-report.ts';
import { usualDueAt } from './due-policy.ts';
import { refuseMissing } from './grounds.ts';
import { linksOf } from './inquiry-view.ts';
import { restedLines } from './rested-lines.ts';
import { sendAgain, sendMerge } from './send-inquiry.ts';

export interface Asked<All extends string> {
  readonly inquiryId: string;
  readonly reason: string;
  /** That of the idempotency key: both are done or neither. */
  readonly tx: Transaction;
  readonly lines: All | readonly { readonly agencyId: string; readonly category: string }[];
}
type Requeried = z.infer<typeof requeryViewSchema>;
type Withdrawn = z.infer<typeof cancellationViewSchema>;
type Unanswered = Exclude<z.infer<typeof newRequerySchema>['lines'], readonly unknown[]>;

/**
 * Asks again where there is no answer, or only part of one (docs/decisions/0008-a-re-query-also-completes-half-answers.md).
 * Lines that are still pending, or will be tried again on their own, are left alone unless they are named; so are those
 * that were asked again a moment ago, or too often. An inquiry that was closed is open again until its usual deadline.
 * @throws ProblemError `purpose-guard` when the case does not allow it any more, `state-conflict` for a named line that has an answer or was asked too often, `cooldown` for one
 * that was asked a moment ago, `nothing-to-ask` when no line is left
 */
export async function askAgain(
  gateway: Gateway,
  caller: Caller,
  { inquiryId, lines, reason, tx }: Asked<Unanswered>,
): Promise<Done<Requeried>> {
  const { store, clock, log } = gateway;
  const head = await inquiryToActOn(gateway, caller, inquiryId);
  const before = await store.inquiries.askedAgain(tx, inquiryId); // from here on nobody else asks it again
  const { body } = foundOr404(await liveReport(gateway, inquiryId, caller.rows.write), 'inquiry');
  refuseMissing(stateItems({ ...body, case: await store.cases.get(head.caseId, caller.rows.write) }));
  const open = body.coverage.lines.filter(isMissing);
  const isNamed = lines !== 'all-unanswered';
  const wanted = isNamed ? namedLines(body.coverage.lines, lines, isMissing) : open.filter(isAtRest);
  const at = clock.now();
  const chosen = restedLines(wanted, { before, at, settings: gateway.settings, isNamed });
  if (chosen.length === 0)
    throw new ProblemError('nothing-to-ask', 'Every line has a whole answer, or is still being asked.');
  const closeAt =
    head.closedAt !== null || Date.parse(head.dueAt) <= at.getTime()
      ? usualDueAt(agenciesOf(gateway, chosen), { clocks: gateway.clocks, at })
      : null;
  const toMake = {
    ...{ inquiryId, at, by: caller.officer.userId, grounds: { cause: 'officer', reason } as const },
    agencyIds: chosen.map(({ agencyId }) => agencyId),
    requestNumbers: await newNumbers(gateway, chosen, at),
    ...(closeAt === null ? {} : { closeAt }),
  };
  const { asked, shards } = await store.inquiries.requery(toMake, tx);
  log.info('inquiry.requeried', { inquiryId, asked });
  const view = { inquiryId, asked, left: open.length - asked, links: linksOf(inquiryId) };
  const afterwards = () => sendAgain(gateway, inquiryId, { shards, closeAt });
  const acts = [{ action: 'inquiry.requeried' as const, objectId: inquiryId, reason, detail: { asked } }];
  return { status: 202, location: view.links.self, view, kept: view, afterwards, acts };
}

const agenciesOf = ({ installation }: Gateway, lines: readonly CoverageLine[]): Agency[] => {
  const chosen = new Set(lines.map(({ agencyId }) => agencyId));
  return installation.agencies.filter(({ agencyId }) => chosen.has(agencyId));
};

/** Asked again is asked anew: an agency may drop a request number that it knows already (domain.md §5.3, `returned`). */
async function newNumbers(gateway: Gateway, lines: readonly CoverageLine[], at: Date): Promise<Map<string, string>> {
  const { store, settings, installation } = gateway;
  return numbersFor(lines, {
    firstSerial: await store.inquiries.nextSerials(lines.length),
    date: toDay(at, settings.timeZone).replaceAll('-', ''),
    templates: new Map(installation.channels.map(({ channelId, requestNumber }) => [channelId, requestNumber])),
  });
}

/** Something of it may still be had: no answer yet, or parts of the answer are missing. */
const isMissing = ({ verdict, complete }: CoverageLine): boolean => verdict === 'no-answer' || complete === false;

/** Nothing more happens to it on its own. */
const isAtRest = ({ reason, nextAttemptAt }: CoverageLine): boolean => reason !== 'pending' && nextAttemptAt === null;

/**
 * Withdraws lines without an answer. What comes in later all the same is taken.
 * @throws ProblemError `state-conflict` for a named line that has an answer, or when nothing is open
 */
export async function withdraw(
  gateway: Gateway,
  caller: Caller,
  { inquiryId, lines, reason, tx }: Asked<'all-open'>,
): Promise<Done<Withdrawn>> {
  const { store, clock, log, metrics } = gateway;
  const { purpose } = await inquiryToActOn(gateway, caller, inquiryId);
  const { body } = foundOr404(await liveReport(gateway, inquiryId, caller.rows.write), 'inquiry');
  const agencyIds =
    lines === 'all-open'
      ? lines
      : namedLines(body.coverage.lines, lines, (line) => line.verdict === 'no-answer').map(({ agencyId }) => agencyId);
  const toMake = { inquiryId, agencyIds, by: caller.officer.userId, at: clock.now() };
  const grounds = { cause: 'officer', reason } as const;
  const cancelled = await store.inquiries.cancelLines({ ...toMake, grounds }, tx);
  if (cancelled === 0) throw new ProblemError('state-conflict', 'No line is open any more.');
  log.info('inquiry.cancelled', { inquiryId, cancelled });
  const view = { inquiryId, cancelled };
  const afterwards = async () => {
    if (lines === 'all-open') metrics.inquiry({ purpose, outcome: 'cancelled' });
    if ((await store.shards.state(inquiryId)).every(({ settled }) => settled)) await sendMerge(gateway, inquiryId);
  };
  const acts = [{ action: 'inquiry.cancelled' as const, objectId: inquiryId, reason, detail: { cancelled } }];
  return { status: 202, location: linksOf(inquiryId).self, view, kept: view, afterwards, acts };
}

/** The lines that are meant, or every one that cannot be. */
function namedLines(
  lines: readonly CoverageLine[],
  named: readonly { readonly agencyId: string; readonly category: string }[],
  fits: (line: CoverageLine) => boolean,
): CoverageLine[] {
  const known = new Map(lines.map((line) => [`${line.agencyId} ${line.category}`, line]));
  const errors: ProblemItem[] = [];
  const chosen = named.flatMap(({ agencyId, category }, index) => {
    const line = known.get(`${agencyId} ${category}`);
    if (line && fits(line)) return [line];
    const answered = {
      code: 'has-answer',
      detail: 'The line was answered, or not asked.',
      fix: 'Leave it out; ask in a new inquiry.',
    };
    const unknown = {
      code: 'unknown-line',
      detail: 'The inquiry has no such line.',
      fix: 'Take agency and category from the lines of the inquiry.',
    };
    errors.push({ pointer: `/lines/${index}`, ...(line ? answered : unknown) });
    return [];
  });
  if (errors.length > 0)
    throw new ProblemError('state-conflict', 'Some of the lines cannot be chosen.', { errors: errors.slice(0, 100) });
  return chosen;
}
