import type { CaseView, Debtor, FileView, Inquiry, NewInquiry, Plan } from '#contracts';
import { newId, newUuid } from '#platform';
import type { InquiryToCreate } from '#store';
import type { Caller } from '../access/caller.ts';
import type { Gateway } from '../gateway.ts';
import { ProblemError } from '../http/problem-error.ts';
import { checkFields } from './field-problems.ts';
import { type Grounds, itemOf, missingGrounds, officerOf, readGrounds } from './grounds.ts';
import { draftPlan, finalPlan, isAsked } from './make-plan.ts';

/**
 * Everything that is stored of an inquiry, or the problem that stops it. Nothing is written here: what costs reading
 * and thinking is done before the transaction.
 * @throws ProblemError `validation`, `purpose-guard`, `nothing-to-ask`
 */
export async function prepareInquiry(gateway: Gateway, caller: Caller, body: NewInquiry): Promise<InquiryToCreate> {
  const at = gateway.clock.now();
  const [grounds] = await Promise.all([readGrounds(gateway, caller, body), checkFields(gateway, caller, { body, at })]);
  const { file, debtor, document } = wholeGrounds(body, caller, grounds);
  const asked = {
    scope: body.scope,
    debtorKind: debtor.kind,
    identifiers: debtor.ids,
    transactionPeriod: body.transactionPeriod,
    at,
    dueAt: body.dueAt === null ? null : gateway.toInstant(new Date(body.dueAt)),
  };
  const draft = await draftPlan(gateway, asked);
  if (!draft.plan.lines.some(isAsked)) throw new ProblemError('nothing-to-ask', nobody);
  const plan = await finalPlan(gateway, asked, draft);
  const requestedAt = gateway.toInstant(at);
  return toCreate({ body, caller, plan, dueAt: draft.dueAt, requestedAt, file, debtor, document });
}

const nobody = 'No agency of the scope is connected and entitled; the preview names the cause for each.';

/** @throws ProblemError `purpose-guard` with everything that is missing */
function wholeGrounds(
  body: NewInquiry,
  { officer }: Caller,
  grounds: Grounds,
): Pick<Ready, 'file' | 'debtor' | 'document'> {
  const missing = missingGrounds(body, grounds, officer);
  const { case: file, debtor, document } = grounds;
  if (missing.length === 0 && file && debtor && document) return { file, debtor, document };
  const detail = `${missing.length} ${missing.length === 1 ? 'item is' : 'items are'} missing before an inquiry may be sent.`;
  throw new ProblemError('purpose-guard', detail, { errors: missing.map(itemOf) });
}

interface Ready {
  readonly body: NewInquiry;
  readonly caller: Caller;
  readonly plan: Plan;
  readonly dueAt: string;
  readonly requestedAt: string;
  readonly file: CaseView;
  readonly debtor: Debtor;
  readonly document: FileView;
}

function toCreate({ body, caller, plan, dueAt, requestedAt, file, debtor, document }: Ready): InquiryToCreate {
  const { officer } = caller;
  const inquiry: Inquiry = {
    inquiryId: newId('inq'),
    correlationId: newUuid(),
    ...{ requestedAt, dueAt, debtor },
    purpose: body.purpose,
    origin: body.origin,
    previousInquiryId: body.previousInquiryId,
    transactionPeriod: body.transactionPeriod,
    legal: {
      caseNumber: file.caseNumber,
      courtCode: file.courtCode,
      courtName: file.courtName,
      basis: file.legalBasis,
      documentName: body.legal.documentName.normalize('NFC').trim(),
      documentNumber: body.legal.documentNumber.normalize('NFC').trim(),
      documentHash: document.hash,
      claimAmount: file.claim,
      claimOutstanding: null,
      preservationLimit: null,
    },
    officer: officerOf(officer),
    approver: body.approverId === null ? null : { id: body.approverId },
  };
  return {
    inquiry,
    plan,
    caseId: file.caseId,
    debtorId: body.debtorId,
    courtCode: officer.courtCode,
    closeAt: new Date(dueAt),
    documentFileId: document.fileId,
    requestedBy: officer.userId,
  };
}
