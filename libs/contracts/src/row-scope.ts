/**
 * Whose cases somebody sees, and with them everything that hangs on a case: debtors, inquiries, answers, reports.
 * Rights come from access rules, rows from here, and both are needed.
 */
export interface PersonScope {
  readonly userId: string;
  /** Courts whose cases are seen. */
  readonly courtCodes: readonly string[];
}

/** `inside`: the product itself at work, where no person looks. */
export type RowScope = PersonScope | 'inside';
