import { allows } from '#access';
import type { Assignment, NewAssignment } from '#contracts';
import type { StoredAssignment, Transaction } from '#store';
import type { People } from '../access/people.ts';
import type { Caller } from '../access/caller.ts';
import { refusalOfCase } from '../access/looking.ts';
import { actOf } from '../audit/act-of.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Done } from '../http/intents.ts';
import { notFound, ProblemError } from '../http/problem-error.ts';

/** An assignment with the name of whom it is about. */
export const assignmentView = (people: People, stored: StoredAssignment): Assignment => ({
  ...stored,
  name: people.find(stored.userId)?.name ?? null,
});

interface Assigned {
  readonly caseId: string;
  readonly body: NewAssignment;
  readonly tx: Transaction;
}

/**
 * Assigns a case (分案) to an officer of its court: by whoever assigns there, or by an officer who works on it and hands it on.
 * @throws ProblemError 404 or 403 for the case, `validation` for whoever is no officer of its court, `state-conflict` when assigned already
 */
export async function assignCase(
  gateway: Gateway,
  exchange: Exchange,
  { caseId, body, tx }: Assigned,
): Promise<Done<Assignment, { readonly userId: string }>> {
  const { store, clock, people, toInstant } = gateway;
  const { userId, reason } = body;
  const by = exchange.caller.officer.userId;
  const { courtCode } = await caseToAssign(gateway, exchange.caller, { caseId, tx });
  const officer = people.find(userId);
  if (officer?.courtCode !== courtCode || !officer.roles.includes('officer')) throw noOfficer();
  const at = clock.now();
  if (!(await store.assignments.assign(tx, { caseId, userId, by, at, reason })))
    throw new ProblemError('state-conflict', 'The case is assigned to this officer already.');
  const acts = [
    { action: 'case.assigned' as const, objectId: caseId, caseId, reason, detail: { userId, until: null } },
  ];
  const ended = { until: null, endedBy: null, endReason: null };
  const view = { userId, name: officer.name, since: toInstant(at), assignedBy: by, reason, ...ended };
  return { status: 201, location: `/api/v1/cases/${caseId}/officers`, view, kept: { userId }, acts };
}

interface Ended {
  readonly caseId: string;
  readonly userId: string;
  readonly reason: string;
}

/**
 * Ends an assignment. An officer may leave a case on which somebody else works.
 * @throws ProblemError 404 or 403 for the case, 404 for whoever is not assigned, `state-conflict` for the last officer
 */
export async function endAssignment(
  gateway: Gateway,
  exchange: Exchange,
  { caseId, userId, reason }: Ended,
): Promise<void> {
  const { store, clock } = gateway;
  const { caller } = exchange;
  const by = caller.officer.userId;
  const assigns = allows(caller.ability, 'cases:assign');
  await store.transaction(async (tx) => {
    await caseToAssign(gateway, caller, { caseId, tx });
    if (!assigns && userId !== by)
      throw new ProblemError('not-allowed', 'An officer ends only an assignment of their own.');
    const at = clock.now();
    const outcome = await store.assignments.end(tx, { caseId, userId, by, at, reason, mayLeaveNobody: assigns });
    if (outcome === 'not-assigned') throw notFound('assignment');
    if (outcome === 'the-last')
      throw new ProblemError('state-conflict', 'Nobody would work on the case; hand it on to another officer first.');
    await store.ledger.record(
      actOf(exchange, {
        action: 'case.assigned',
        objectId: caseId,
        caseId,
        reason,
        detail: { userId, until: at.toISOString() },
      }),
      tx,
    );
  });
}

/** The case, held until the end of the transaction, if the caller may say who works on it. */
async function caseToAssign(
  gateway: Gateway,
  caller: Caller,
  { caseId, tx }: { readonly caseId: string; readonly tx: Transaction },
): Promise<{ readonly courtCode: string }> {
  const { store } = gateway;
  // looked at before it is locked: whoever does not see a case holds nobody up, and is told nothing by a lock
  if (!(await store.cases.get(caseId, caller.rows.write))) throw await refusalOfCase(gateway, caller, caseId);
  const working = await store.assignments.now(tx, caseId);
  const file = await store.cases.get(caseId, caller.rows.write);
  if (!file) throw await refusalOfCase(gateway, caller, caseId);
  if (!allows(caller.ability, 'cases:assign') && !working.includes(caller.officer.userId))
    throw new ProblemError(
      'not-allowed',
      'A case is assigned by its court, or handed on by an officer who works on it.',
    );
  return file;
}

const noOfficer = (): ProblemError =>
  new ProblemError('validation', 'The case cannot be assigned to this person.', {
    errors: [
      {
        pointer: '/userId',
        code: 'unknown-person',
        detail: 'There is no such officer at the court of the case.',
        fix: 'Name an officer of that court.',
      },
    ],
  });
