/**
 * Whose cases somebody sees, and with them everything that hangs on a case: debtors, inquiries, answers, reports.
 * Rights come from access rules, rows from here, and both are needed (docs/decisions/0019-rights-and-rows-have-one-source.md).
 */
export interface PersonScope {
  readonly userId: string;
  /** Courts of whose cases all are seen. */
  readonly courtCodes: readonly string[];
  /** Courts of whose cases those are seen that are assigned to this person. Left out: none. */
  readonly assignedIn?: readonly string[];
  /**
   * Cases that were handed over to another court while this person saw them, for as long as they may still be read:
   * all of them, or those whose payload the person saw too. Left out: none.
   */
  readonly handedOver?: 'asking' | 'payload';
}

/** `inside`: the product itself at work, where no person looks. */
export type RowScope = PersonScope | 'inside';

/** By what somebody sees a case: as their court's own (or as a superior), or because it was theirs until it was handed over. */
export type Sight = 'court' | 'hand-over';
