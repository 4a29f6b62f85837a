import type { CaseView, Debtor, FileView, Inquiry, NewInquiry, Plan } from '#contracts';
import { waivedBy } from '#inquiry';
import { newId, newUuid } from '#platform';
import type { InquiryToCreate, Transaction } from '#store';
import type { Caller } from '../access/caller.ts';
import type { Gateway } from '../gateway.ts';
import { ProblemError } from '../http/problem-error.ts';
import { checkFields } from './field-problems.ts';
import { askingOf, type Grounds, missingGrounds, officerOf, readGrounds, refuseMissing } from './grounds.ts';
import { draftPlan, finalPlan, isAsked, type MadePlan, type PlanAsked } from './make-plan.ts';
import { readStanding, type Standing } from './standing.ts';

/** An inquiry that may be sent, as of the moment it was looked at. */
export interface Prepared {
  readonly toCreate: InquiryToCreate;
  readonly caller: Caller;
  readonly body: NewInquiry;
  /**
   * Looks again at everything that may have changed, while nothing else can change it.
   * @returns what it goes out without, because it cannot wait
   * @throws ProblemError `purpose-guard`
   */
  readonly confirm: (tx: Transaction) => Promise<ReturnType<typeof waivedBy>>;
}

interface Looked {
  readonly at: Date;
  readonly grounds: Grounds;
  readonly standing: Standing;
  readonly planned: { readonly asked: PlanAsked; readonly draft: MadePlan } | null; // null: there is no such debtor
}

/** Reads what is asked with, and what stands in its way. @throws ProblemError `validation` */
export async function lookInto(gateway: Gateway, caller: Caller, body: NewInquiry): Promise<Looked> {
  const at = gateway.clock.now();
  const [grounds] = await Promise.all([readGrounds(gateway, caller, body), checkFields(gateway, caller, { body, at })]);
  const asked = grounds.debtor === null ? null : planAsked(gateway, caller, { body, debtor: grounds.debtor, at });
  const planned = asked === null ? null : { asked, draft: await draftPlan(gateway, asked) };
  const agencyIds = askedAgencies(planned?.draft.plan);
  const standing = await readStanding(gateway, caller, { asked: body, isParty: planned !== null, agencyIds, at });
  return { at, grounds, standing, planned };
}

const askedAgencies = (plan: Plan | undefined): string[] =>
  (plan?.lines ?? []).filter(isAsked).map(({ agencyId }) => agencyId);

const planAsked = (
  gateway: Gateway,
  { officer }: Caller,
  { body, debtor, at }: { readonly body: NewInquiry; readonly debtor: Debtor; readonly at: Date },
): PlanAsked => ({
  ...{ scope: body.scope, officer, at, transactionPeriod: body.transactionPeriod },
  debtorKind: debtor.kind,
  identifiers: debtor.ids,
  dueAt: body.dueAt === null ? null : gateway.toInstant(new Date(body.dueAt)),
});

/**
 * Everything that is stored of an inquiry, or the problem that stops it. Nothing is written here: what costs reading
 * and thinking is done before the transaction. `approvedBy`: who has decided that it may be sent.
 * @throws ProblemError `validation`, `purpose-guard`, `nothing-to-ask`
 */
export async function prepareInquiry(
  gateway: Gateway,
  caller: Caller,
  { body, approvedBy }: { readonly body: NewInquiry; readonly approvedBy: string | null },
): Promise<Prepared> {
  const { at, grounds, standing, planned } = await lookInto(gateway, caller, body);
  const { officer } = caller;
  refuseMissing(missingGrounds({ asked: body, grounds, standing, officer, approvedBy }));
  const { debtor, document } = grounds;
  if (!planned || !standing.case || !debtor || !document) throw new ProblemError('not-found', 'The grounds are gone.');
  if (!planned.draft.plan.lines.some(isAsked)) throw new ProblemError('nothing-to-ask', nobody);
  const plan = await finalPlan(gateway, planned.asked, planned.draft);
  const [dueAt, requestedAt] = [planned.draft.dueAt, gateway.toInstant(at)];
  const ready = { body, caller, plan, dueAt, requestedAt, file: standing.case, debtor, document, approvedBy };
  return {
    toCreate: toCreate(ready),
    ...{ caller, body },
    async confirm(tx) {
      await gateway.store.askings.holdStill(tx, { userId: officer.userId, caseId: body.caseId });
      const agencyIds = askedAgencies(plan);
      const now = await readStanding(gateway, caller, { asked: body, isParty: true, agencyIds, at });
      const toGuard = { asked: body, grounds, standing: now, officer, approvedBy };
      refuseMissing(missingGrounds(toGuard));
      return body.emergency === null ? [] : waivedBy({ ...askingOf(toGuard), officerId: officer.userId });
    },
  };
}

const nobody = 'No agency of the scope is connected and entitled; the preview names the cause for each.';

interface Ready {
  readonly body: NewInquiry;
  readonly caller: Caller;
  readonly plan: Plan;
  readonly dueAt: string;
  readonly requestedAt: string;
  readonly file: CaseView;
  readonly debtor: Debtor;
  readonly document: FileView;
  readonly approvedBy: string | null;
}

function toCreate({ body, caller, plan, dueAt, requestedAt, ...ready }: Ready): InquiryToCreate {
  const { officer } = caller;
  const { file, debtor, document, approvedBy } = ready;
  const inquiry: Inquiry = {
    inquiryId: newId('inq'),
    correlationId: newUuid(),
    ...{ requestedAt, dueAt, debtor },
    purpose: body.purpose,
    origin: body.origin,
    previousInquiryId: body.previousInquiryId,
    transactionPeriod: body.transactionPeriod,
    legal: legalOf(body, file, document),
    officer: officerOf(officer),
    approver: approvedBy === null ? null : { id: approvedBy },
    ...(body.emergency === null ? {} : { emergency: true }),
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

const legalOf = ({ legal, purpose }: NewInquiry, file: CaseView, document: FileView): Inquiry['legal'] => ({
  caseNumber: file.caseNumber,
  courtCode: file.courtCode,
  courtName: file.courtName,
  basis: file.legalBasis,
  documentName: legal.documentName.normalize('NFC').trim(),
  documentNumber: legal.documentNumber.normalize('NFC').trim(),
  documentHash: document.hash,
  claimAmount: file.claim,
  claimOutstanding: null,
  preservationLimit: purpose === 'preservation' ? (file.preservation?.limit ?? null) : null,
});
