import type { InquiryView, NewInquiry, NewRunSending, ScheduleView } from '#contracts';
import type { StoredInquiry, Transaction } from '#store';
import type { Caller } from '../access/caller.ts';
import { inquiryToActOn } from '../access/looking.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Done } from '../http/intents.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { sendPrepared } from '../inquiries/accept-inquiry.ts';
import { type Prepared, prepareInquiry } from '../inquiries/prepare-inquiry.ts';
import { scheduledPurpose } from './make-schedule.ts';

export interface RunToSend {
  readonly schedule: ScheduleView;
  readonly runNo: number;
  readonly body: NewInquiry;
}

/**
 * What a prepared run asks: the debtor of the inquiry that is repeated, on its notice unless another is named.
 * @throws ProblemError `not-found`, `not-allowed`, `state-conflict` where the run is not waiting to be sent
 */
export async function runToSend(
  gateway: Gateway,
  caller: Caller,
  { scheduleId, sending }: { readonly scheduleId: string; readonly sending: NewRunSending },
): Promise<RunToSend> {
  const { store } = gateway;
  const { runNo } = sending;
  const schedule = foundOr404(await store.schedules.get(scheduleId, caller.rows.read), 'schedule');
  const run = foundOr404(
    schedule.runs.find((each) => each.runNo === runNo),
    'run',
  );
  await inquiryToActOn(gateway, caller, schedule.inquiryId);
  if (run.state !== 'prepared') throw new ProblemError('state-conflict', notWaiting(run.state));
  if (schedule.state !== 'active') throw new ProblemError('state-conflict', `The schedule is ${schedule.state}.`);
  const repeated = foundOr404(await store.inquiries.get(schedule.inquiryId, caller.rows.write), 'inquiry');
  return { schedule, runNo, body: bodyOf(schedule, repeated, sending) };
}

const notWaiting = (state: string): string =>
  state === 'planned' ? 'The day of this run has not come.' : `This run is ${state} already.`;

function bodyOf(
  { caseId, debtorId, scope, runs, inquiryId }: ScheduleView,
  { inquiry, documentFileId }: StoredInquiry,
  { legal, reason }: NewRunSending,
): NewInquiry {
  const { documentName, documentNumber } = inquiry.legal;
  const kept = documentFileId === null ? null : { documentName, documentNumber, fileId: documentFileId };
  const last = runs.findLast((run) => run.inquiryId !== null)?.inquiryId ?? inquiryId;
  return {
    ...{ caseId, debtorId, scope, ...scheduledPurpose, reason },
    legal: legal ?? foundOr404(kept, 'notice'),
    ...{ previousInquiryId: last, transactionPeriod: null, dueAt: null, approverId: null, emergency: null },
  };
}

/** The usual way of an inquiry, in the name of who sends it; guard and plan were made before the transaction. */
export async function sendRun(
  gateway: Gateway,
  exchange: Exchange,
  { run, prepared, tx }: { readonly run: RunToSend; readonly prepared: Prepared; readonly tx: Transaction },
): Promise<Done<InquiryView>> {
  const { scheduleId } = run.schedule;
  const sent = await sendPrepared(gateway, exchange, { prepared, approvalId: null, tx });
  const { inquiryId } = sent.view;
  if (!(await gateway.store.schedules.sent(tx, { scheduleId, runNo: run.runNo, inquiryId })))
    throw new ProblemError('state-conflict', 'Somebody else has sent this run a moment ago.');
  return sent;
}

/** @throws ProblemError as for every inquiry: `purpose-guard`, `nothing-to-ask`, `validation` */
export const prepareRun = (gateway: Gateway, caller: Caller, { body }: RunToSend): Promise<Prepared> =>
  prepareInquiry(gateway, caller, { body, approvedBy: null });
