import type { CaseView } from '#contracts';
import { sightDetail } from '../access/looking.ts';
import { actOf } from '../audit/act-of.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import { foundOr404 } from '../http/problem-error.ts';

/**
 * The case that is looked at, or behind a part of it that is; the ledger is told which part, and if it is seen by a hand-over.
 * @throws ProblemError 404 for a case that is not seen
 */
export async function caseForView(
  { store }: Pick<Gateway, 'store'>,
  exchange: Exchange,
  { caseId, view }: { readonly caseId: string; readonly view: 'case' | 'officers' | 'hand-overs' | 'matrix' },
): Promise<CaseView> {
  const { caller } = exchange;
  const file = foundOr404(await store.cases.get(caseId, caller.rows.read), 'case');
  const detail = { view, ...sightDetail(caller, file.courtCode) };
  await store.ledger.record(actOf(exchange, { action: 'case.read', objectId: caseId, caseId, detail }));
  return file;
}
