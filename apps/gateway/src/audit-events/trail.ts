import type { PersonScope } from '#contracts';
import type { Caller } from '../access/caller.ts';

/** The rows of the ledger that somebody may read: those of courts whose trail is theirs to look into. */
export const trailOf = ({ officer, rows }: Pick<Caller, 'officer' | 'rows'>): PersonScope => ({
  userId: officer.userId,
  courtCodes: rows.trail,
});
