import { type CaseFacts, handOverFaults, rowScopeOf, sees } from '#access';
import type { HandOver, NewHandOver, ProblemItem } from '#contracts';
import type { CaseReader, Transaction } from '#store';
import type { Person } from '../access/caller.ts';
import { refusalOfCase } from '../access/looking.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Done } from '../http/intents.ts';
import { ProblemError } from '../http/problem-error.ts';

interface HandedOver {
  readonly caseId: string;
  readonly body: NewHandOver;
  readonly tx: Transaction;
}
type Kept = { readonly handOverId: string };

const dayMs = 86_400_000;

/**
 * Hands a case over to another court (docs/decisions/0020-a-case-takes-everything-along.md): everything that hangs on it goes
 * along, what is under way goes on, and whoever saw it here may read it for a time.
 * @throws ProblemError 404 or 403 for the case, `validation` with every rule that is broken
 */
export async function handOver(
  gateway: Gateway,
  exchange: Exchange,
  { caseId, body, tx }: HandedOver,
): Promise<Done<HandOver, Kept>> {
  const { store, clock, courts, people, settings } = gateway;
  const { caller } = exchange;
  // looked at before it is locked: whoever does not see a case holds nobody up, and is told nothing by a lock
  if (!(await store.cases.get(caseId, caller.rows.write))) throw await refusalOfCase(gateway, caller, caseId);
  const assigned = await store.assignments.now(tx, caseId);
  const file = await store.cases.get(caseId, caller.rows.write);
  if (!file) throw await refusalOfCase(gateway, caller, caseId);
  const { courtCode: fromCourtCode } = file;
  await checkOrder(gateway, { body, fromCourtCode });
  const at = clock.now();
  const all = people.all;
  const facts = { courtCode: fromCourtCode, officers: assigned, readers: [], payloadReaders: [] };
  const made = await store.handOvers.make(tx, {
    ...{ ...body, caseId, fromCourtCode, at, assigned, by: caller.officer.userId },
    toCourtName: courts.find(body.toCourtCode)?.nameZh ?? body.toCourtCode,
    readableUntil: new Date(at.getTime() + settings.handOverReadDays * dayMs),
    readers: readersOf(all, facts),
    atHome: all.filter(({ courtCode }) => courtCode === body.toCourtCode).map(({ userId }) => userId),
  });
  if (!made) throw new ProblemError('state-conflict', 'The case was handed over meanwhile.');
  const { kind, toCourtCode, orderedBy, reason } = body;
  const { handOverId, readers } = made;
  const detail = { handOverId, kind, fromCourtCode, toCourtCode, orderedBy, readers };
  const acts = [{ action: 'case.handed-over' as const, objectId: caseId, caseId, reason, detail }];
  return { status: 201, location: `/api/v1/cases/${caseId}/hand-overs`, view: made, kept: { handOverId }, acts };
}

/** People of the court that gives the case away who see it at this moment: they keep what they see, to read. */
export const readersOf = (people: readonly Person[], facts: CaseFacts): CaseReader[] =>
  people.flatMap((person) => {
    const rows = rowScopeOf(person, person.courts);
    if (person.courtCode !== facts.courtCode || !sees(rows.read, facts)) return [];
    return [{ userId: person.userId, payload: sees(rows.payload, facts) }];
  });

async function checkOrder(
  { store, courts }: Gateway,
  { body, fromCourtCode }: { readonly body: NewHandOver; readonly fromCourtCode: string },
): Promise<void> {
  const faults = handOverFaults({ ...body, fromCourtCode }, courts);
  const errors: ProblemItem[] = faults.map(({ field, rule, detail, fix }) => ({
    ...{ pointer: `/${field}`, code: 'hand-over-rule', rule, detail, fix },
  }));
  if ((await store.files.get(body.fileId))?.courtCode !== fromCourtCode)
    errors.push({
      pointer: '/fileId',
      code: 'unknown-file',
      detail: 'There is no such document of the court that has the case.',
      fix: 'Upload the order with POST /api/v1/files and take the id from there.',
    });
  if (errors.length > 0) throw new ProblemError('validation', 'The case cannot be handed over like this.', { errors });
}
