import { allows, sightOf } from '#access';
import type { RowScope, Sight } from '#contracts';
import type { InquiryHead } from '#store';
import type { Gateway } from '../gateway.ts';
import { foundOr404, notFound, ProblemError } from '../http/problem-error.ts';
import type { Caller } from './caller.ts';

/** With what somebody looks at inquiries: to see the asking and to see the payload are different rights. */
export interface Looking {
  readonly read: RowScope;
  /** Null: no payload of anybody. */
  readonly payload: RowScope | null;
}

export const lookingOf = ({ ability, rows }: Pick<Caller, 'ability' | 'rows'>): Looking => ({
  read: rows.read,
  payload: allows(ability, 'reports:read') ? rows.payload : null,
});

/** Whether what was found may be shown: assets, sums, numbers of them, an agency's own words. */
export async function showsPayload(
  { store }: Pick<Gateway, 'store'>,
  { payload }: Looking,
  { inquiryId, courtCode }: Pick<InquiryHead, 'inquiryId' | 'courtCode'>,
): Promise<boolean> {
  if (payload === null) return false;
  if (payload === 'inside' || payload.courtCodes.includes(courtCode)) return true; // the usual way needs no question
  return (await store.inquiries.head(inquiryId, payload)) !== null;
}

/** @throws ProblemError 404 for an inquiry that is not seen, 403 for one whose asking is seen and whose payload is not */
export async function payloadOrRefuse(
  { store }: Pick<Gateway, 'store'>,
  caller: Caller,
  inquiryId: string,
): Promise<void> {
  if (await store.inquiries.head(inquiryId, caller.rows.payload)) return;
  foundOr404(await store.inquiries.head(inquiryId, caller.rows.read), 'inquiry');
  throw new ProblemError('not-allowed', 'You may follow this inquiry; what was found is not shown to you.');
}

/** @throws ProblemError 404 for an inquiry that is not seen, 403 for one that may only be read */
export async function inquiryToActOn(
  { store }: Pick<Gateway, 'store'>,
  { rows }: Pick<Caller, 'rows'>,
  inquiryId: string,
): Promise<InquiryHead> {
  const head = await store.inquiries.head(inquiryId, rows.write);
  if (head) return head;
  foundOr404(await store.inquiries.head(inquiryId, rows.read), 'inquiry');
  throw onlyToRead();
}

/** The refusal for a case on which the caller cannot act: 403 where they see it, else 404. */
export async function refusalOfCase(
  { store }: Pick<Gateway, 'store'>,
  { rows }: Pick<Caller, 'rows'>,
  caseId: string,
): Promise<ProblemError> {
  return (await store.cases.get(caseId, rows.read)) ? onlyToRead() : notFound('case');
}

const onlyToRead = (): ProblemError =>
  new ProblemError('not-allowed', 'You may read this case; acts on it belong to the court that has it.');

/**
 * What the ledger is told about a view: `{ by: 'hand-over' }` where a case is read only because it was this court's until
 * it was handed over. Costs no question to the database.
 */
export const sightDetail = (
  { rows }: Pick<Caller, 'rows'>,
  courtCode: string,
): { readonly by?: Exclude<Sight, 'court'> } => {
  const sight = sightOf(rows.read, courtCode);
  return sight === 'court' ? {} : { by: sight };
};
