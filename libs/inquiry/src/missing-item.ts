/** One thing that is missing, fit for the `errors` of a problem (api.md §3). Never names a person or a number. */
export interface MissingItem {
  readonly rule: 'G1' | 'G2' | 'G3' | 'G4' | 'G5' | 'G6' | 'G7' | 'G9'; // G8 is the idempotency key
  readonly pointer: string; // JSON Pointer into `POST /inquiries`; empty: not in the body
  readonly code: string;
  readonly detail: string;
  readonly fix: string;
  readonly link?: string; // address of what helps
}
