import type { AuditEntry, Debtor, RegisteredOfficer } from '#contracts';
import { sameSurname } from '#inquiry';

/** Worked out while the name is at hand, so that auditors can be told without the ledger holding a name. */
export const ownSurname = ({ name }: RegisteredOfficer, debtor: Debtor): AuditEntry['detail'] => ({
  ownSurname: debtor.kind === 'natural' && sameSurname(name, debtor.name),
});

export const byHash = (hash: string): AuditEntry['shown'] => ({ reportId: null, reportVersion: null, hash });
