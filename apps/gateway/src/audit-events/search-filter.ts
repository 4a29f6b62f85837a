import { type AuditEntry, type AuditSearch, describeIdentifier, type RowScope } from '#contracts';
import type { AuditFilter } from '#store';
import type { Gateway } from '../gateway.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';

interface Sought {
  readonly filter: AuditFilter;
  /** What the ledger is told about the search itself. */
  readonly said: Pick<AuditEntry, 'debtorId' | 'objectId' | 'detail'>;
}

/**
 * A person is found over all cases by the blind indexes of their numbers.
 * @throws ProblemError `not-found` for another court's debtor, `validation` for a number that cannot be one
 */
export async function searchFilter(
  { store }: Pick<Gateway, 'store'>,
  rows: RowScope,
  { debtorId, identifier, userId }: AuditSearch,
): Promise<Sought> {
  if (debtorId !== undefined) {
    const persons = foundOr404(await store.ledger.personsOf(debtorId, rows), 'debtor');
    return { filter: { persons }, said: { debtorId, objectId: debtorId, detail: { view: 'person' } } };
  }
  if (identifier !== undefined) {
    const person = store.ledger.personIndex(identifier.type, normalisedOf(identifier));
    return {
      filter: { persons: [person] },
      said: { debtorId: null, objectId: null, detail: { view: 'person', person } },
    };
  }
  return {
    filter: userId === undefined ? {} : { userId },
    said: { debtorId: null, objectId: userId ?? null, detail: { view: 'officer' } },
  };
}

function normalisedOf(identifier: NonNullable<AuditSearch['identifier']>): string {
  const description = describeIdentifier(identifier);
  if (description.outcome === 'accepted') return description.identifier.normalised;
  const item = {
    pointer: '/identifier/number',
    code: `identifier-${description.problem}`,
    detail: 'The number cannot be one of its type.',
    fix: 'Enter it as printed, or choose the right type.',
  };
  throw new ProblemError('validation', 'The person cannot be looked for like this.', { errors: [item] });
}
