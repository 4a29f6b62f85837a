/** State of the check digit or check character: `not-applicable` where the kind has none (report.md §10). */
export type Checksum = 'ok' | 'failed' | 'not-applicable';

/**
 * Why the officer is asked to confirm an accepted value: real numbers with each of these defects exist, so none of them
 * stops an inquiry.
 * - `check-digit`, `check-character`: the check does not agree.
 * - `date`: the birth date inside the number is not in the calendar.
 * - `organisation-code`: the organisation code (组织机构代码) inside a USCC fails its own check.
 * - `length`: an old number of another length, without a check.
 * - `partial`: only the tail of a number; a search hint, never a key.
 * - `shape`: not the usual pattern of its kind.
 */
export type CheckWarning =
  | 'check-digit'
  | 'check-character'
  | 'date'
  | 'organisation-code'
  | 'length'
  | 'partial'
  | 'shape';

/** Why a text cannot be a value of its kind. `forbidden-letter`: a letter the alphabet leaves out, mostly O for 0. */
export type CheckRejection = 'empty' | 'length' | 'characters' | 'forbidden-letter';

export type AcceptedCheck = {
  readonly outcome: 'accepted';
  readonly normalised: string;
  readonly checksum: Checksum;
  readonly problem: CheckWarning | null;
};

export type RejectedCheck = { readonly outcome: 'rejected'; readonly problem: CheckRejection };

/** What a check says about a text. Only what cannot be a value of the kind is rejected; the rest is a warning. */
export type IdentifierCheck = AcceptedCheck | RejectedCheck;

export function accept(normalised: string, checksum: Checksum, problem: CheckWarning | null = null): AcceptedCheck {
  return { outcome: 'accepted', normalised, checksum, problem };
}

export function reject(problem: CheckRejection): RejectedCheck {
  return { outcome: 'rejected', problem };
}
