import type { PlannedLine, PreviewView } from '#contracts';
import type { Caller } from '../access/caller.ts';
import type { Gateway } from '../gateway.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { type Asked, missingGrounds, readGrounds } from './grounds.ts';
import { draftPlan, isAsked } from './make-plan.ts';
import { scopeProblems } from './field-problems.ts';

/** Who would be asked and who not, and what is missing. Nothing is stored or sent. */
export async function previewInquiry(gateway: Gateway, caller: Caller, asked: Asked): Promise<PreviewView> {
  const errors = scopeProblems(gateway, asked);
  if (errors.length > 0) throw new ProblemError('validation', 'The scope names unknown agencies.', { errors });
  const grounds = await readGrounds(gateway, caller, asked);
  foundOr404(grounds.case, 'case');
  const debtor = foundOr404(grounds.debtor, 'debtor');
  const { plan } = await draftPlan(gateway, {
    scope: asked.scope,
    debtorKind: debtor.kind,
    identifiers: debtor.ids,
    transactionPeriod: null,
    at: gateway.clock.now(),
    dueAt: null,
  });
  const typical = plan.lines.filter(isAsked).flatMap(({ typicalMs }) => (typicalMs === null ? [] : [typicalMs]));
  return {
    counts: countsOf(plan.lines),
    byCategory: Object.fromEntries(
      [...Map.groupBy(plan.lines, ({ category }) => category)].map(([category, lines]) => [category, countsOf(lines)]),
    ),
    notAsked: plan.lines.flatMap(({ agencyId, agencyName, category, notAskedCause: cause }) =>
      cause === null ? [] : [{ agencyId, agencyName, category, cause }],
    ),
    missing: missingGrounds(asked, grounds, caller.officer).map(({ rule, detail, fix }) => ({ rule, detail, fix })),
    longestTypicalMs: typical.length === 0 ? null : typical.reduce((one, other) => Math.max(one, other), 0),
  };
}

function countsOf(lines: readonly PlannedLine[]): PreviewView['counts'] {
  const asked = lines.filter(isAsked).length;
  return { asked, notAsked: lines.length - asked };
}
