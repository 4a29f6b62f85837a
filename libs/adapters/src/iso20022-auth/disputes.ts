import type { XmlElement } from '#adapter-kit';
import { sameIdentity, sameName, type Debtor } from '#contracts';
import { everyNamed, textAt } from './answer.ts';

/** Records that somebody disputes (iso20022-auth.md §5). */
export interface Disputes {
  /** Whether this account or safe box is disputed, by its own number or because everything about the debtor is. */
  names(accountNumber: string): boolean;
}

export function disputesIn(supplements: readonly XmlElement[], debtor: Debtor): Disputes {
  const entries = supplements
    .flatMap((document) => everyNamed(document, 'DisputedEntityId'))
    .map((entry) => ({ id: textAt(entry, 'Id') ?? '', code: textAt(entry, 'Code') ?? '' }));
  const accounts = new Set(entries.filter(({ code }) => code === 'ACCT' || code === 'SDBX').map(({ id }) => id));
  const isWholePerson = entries.some(({ id, code }) =>
    code === 'NAME'
      ? sameName(debtor.name, id)
      : code !== 'ACCT' && code !== 'SDBX' && sameIdentity(debtor.ids, id) !== null,
  );
  return { names: (accountNumber) => isWholePerson || accounts.has(accountNumber) };
}
