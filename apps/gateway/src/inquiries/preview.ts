import type { PlannedLine, PreviewView } from '#contracts';
import type { Caller } from '../access/caller.ts';
import type { Gateway } from '../gateway.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { missingGrounds, readGrounds } from './grounds.ts';
import type { Asked } from './asked.ts';
import { draftPlan, isAsked, type PlanAsked, registeredBy } from './make-plan.ts';
import { forecastOf } from './forecast.ts';
import { readBefore } from './asked-lately.ts';
import { scopeProblems } from './field-problems.ts';
import { readStanding } from './standing.ts';

/** Who would be asked and who not, what is missing, and whether a second person decides. Nothing is stored or sent. */
export async function previewInquiry(gateway: Gateway, caller: Caller, asked: Asked): Promise<PreviewView> {
  const errors = scopeProblems(gateway, asked);
  if (errors.length > 0) throw new ProblemError('validation', 'The scope names unknown agencies.', { errors });
  const at = gateway.clock.now();
  const { officer, rows } = caller;
  foundOr404(await gateway.store.cases.get(asked.caseId, rows.write), 'case');
  const grounds = await readGrounds(gateway, caller, asked);
  const debtor = foundOr404(grounds.debtor, 'debtor');
  const { plan } = await draftPlan(gateway, {
    ...{ scope: asked.scope, officer, at, transactionPeriod: asked.transactionPeriod },
    debtorKind: debtor.kind,
    identifiers: debtor.ids,
    dueAt: null,
  });
  const agencyIds = plan.lines.filter(isAsked).map(({ agencyId }) => agencyId);
  const standing = await readStanding(gateway, caller, { asked, isParty: true, agencyIds, at });
  const missing = missingGrounds({ asked, grounds, standing, officer, approvedBy: null });
  return {
    counts: countsOf(plan.lines),
    byCategory: Object.fromEntries(
      [...Map.groupBy(plan.lines, ({ category }) => category)].map(([category, lines]) => [category, countsOf(lines)]),
    ),
    notAsked: notAskedOf(gateway, plan.lines, { officer, at }),
    missing: missing
      .filter(({ code }) => code !== 'approval-required')
      .map(({ rule, code, detail, fix, link = null }) => ({ rule, code, detail, fix, link })),
    approvalNeeded: standing.causes.length > 0,
    longestTypicalMs: longestOf(plan.lines),
    asked: plan.lines
      .filter(isAsked)
      .map(({ agencyId, agencyName, category, typicalMs }) => ({ agencyId, agencyName, category, typicalMs })),
    forecast: forecastOf(plan.lines.filter(isAsked)),
    ...(await readBefore(gateway, caller, { asked, at })),
  };
}

/** Who is not asked and why; whether it is only that the officer's cards are not filed there. */
function notAskedOf(
  gateway: Gateway,
  lines: readonly PlannedLine[],
  asked: Pick<PlanAsked, 'officer' | 'at'>,
): PreviewView['notAsked'] {
  const { channels, agencies } = gateway.installation;
  const strict = new Set(channels.flatMap((each) => (each.needsRegisteredOfficer ? [each.channelId] : [])));
  const isRegistered = registeredBy(gateway, asked);
  const missing = agencies.filter(
    (each) => each.channelId !== null && strict.has(each.channelId) && !isRegistered(each),
  );
  const unregistered = new Set(missing.map(({ agencyId }) => agencyId));
  return lines.flatMap(({ agencyId, agencyName, category, notAskedCause: cause }) => {
    if (cause === null) return [];
    const officerNotRegistered = cause === 'not-entitled' && unregistered.has(agencyId);
    return [{ agencyId, agencyName, category, cause, officerNotRegistered }];
  });
}

function longestOf(lines: readonly PlannedLine[]): number | null {
  const typical = lines.filter(isAsked).flatMap(({ typicalMs }) => (typicalMs === null ? [] : [typicalMs]));
  return typical.length === 0 ? null : typical.reduce((one, other) => Math.max(one, other), 0);
}

function countsOf(lines: readonly PlannedLine[]): PreviewView['counts'] {
  const asked = lines.filter(isAsked).length;
  return { asked, notAsked: lines.length - asked };
}
