import { rulesOfCourt } from '#inquiry';
import type { Transaction } from '#store';
import { ownSurname } from '../audit/about.ts';
import { actOf } from '../audit/act-of.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import type { ProblemError } from '../http/problem-error.ts';
import type { Asked } from './asked.ts';
import type { Prepared } from './prepare-inquiry.ts';

const hourMs = 3_600_000;

/**
 * Stores an inquiry that may go out: guarded once more as of now, then inquiry, shards, tasks, an emergency use if it is
 * one, and the lines of the ledger. All in the caller's transaction, the ledger last.
 * @throws ProblemError `purpose-guard` when something has changed since it was prepared
 */
export async function storeInquiry(
  gateway: Gateway,
  exchange: Exchange,
  {
    prepared,
    approvalId,
    tx,
  }: { readonly prepared: Prepared; readonly approvalId: string | null; readonly tx: Transaction },
): Promise<void> {
  const { store } = gateway;
  const { toCreate, body } = prepared;
  const waived = await prepared.confirm(tx);
  await store.inquiries.create(tx, toCreate);
  const about = { caseId: body.caseId, debtorId: body.debtorId, purpose: body.purpose };
  const { inquiryId } = toCreate.inquiry;
  if (body.emergency !== null) {
    await keepEmergency(gateway, { prepared, waived, tx });
    const used = { action: 'emergency.used', objectId: inquiryId, reason: body.emergency.reason, ...about } as const;
    await store.ledger.record(actOf(exchange, { ...used, detail: { waived: waived.length } }), tx);
  }
  const asked = toCreate.plan.lines.filter(({ notAskedCause }) => notAskedCause === null).length;
  const sent = { action: 'inquiry.sent', objectId: inquiryId, reason: body.reason, ...about } as const;
  const { origin, debtor } = toCreate.inquiry;
  const detail = { ...ownSurname(exchange.caller.officer, debtor), origin, asked, approvalId };
  await store.ledger.record(actOf(exchange, { ...sent, detail }), tx);
}

type Emergency = {
  readonly prepared: Prepared;
  readonly waived: readonly string[];
  readonly tx: Transaction;
};

async function keepEmergency(gateway: Gateway, { prepared, waived, tx }: Emergency): Promise<void> {
  const { store, installation, clock } = gateway;
  const { toCreate, body, caller } = prepared;
  const { courtCode, userId } = caller.officer;
  const at = clock.now();
  const { reviewHours } = rulesOfCourt(installation.purposePolicy, courtCode);
  await store.emergencies.keep(
    {
      inquiryId: toCreate.inquiry.inquiryId,
      ...{ courtCode, at, by: userId, waived },
      caseId: body.caseId,
      debtorId: body.debtorId,
      reviewBy: new Date(at.getTime() + reviewHours * hourMs),
      reason: body.emergency?.reason ?? '',
    },
    tx,
  );
}

/** A refusal by the guard is put down with its rules: an attempt is a fact too. Nothing else of the request was kept. */
export async function recordRefusal(
  { store }: Gateway,
  exchange: Exchange,
  {
    asked,
    problem,
  }: { readonly asked: Pick<Asked, 'caseId' | 'debtorId' | 'purpose'>; readonly problem: ProblemError },
): Promise<void> {
  if (problem.code !== 'purpose-guard') return;
  const { caseId, debtorId, purpose } = asked;
  const listed = (values: readonly (string | undefined)[]) => [...new Set(values)].join(' ').slice(0, 200);
  const detail = {
    code: problem.code,
    rules: listed(problem.errors.map(({ rule }) => rule)),
    codes: listed(problem.errors.map(({ code }) => code)),
  };
  const refused = { action: 'inquiry.refused', result: 'refused', caseId, debtorId, purpose, detail } as const;
  await store.ledger.record(actOf(exchange, refused));
}
