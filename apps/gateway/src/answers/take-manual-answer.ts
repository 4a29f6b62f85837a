import type { ManualAnswerView, ManualForm } from '#contracts';
import { readManualForm } from '#inquiry';
import { errorCode } from '#platform';
import type { FeedbackTaken, Transaction } from '#store';
import type { Caller } from '../access/caller.ts';
import type { Gateway } from '../gateway.ts';
import type { Done } from '../http/intents.ts';
import { foundOr404, notFound, ProblemError } from '../http/problem-error.ts';
import { sendEntered } from '../inquiries/send-inquiry.ts';
import { formBytes, readDocuments } from './documents.ts';
import { manualScope } from './manual-scope.ts';

interface Filled {
  readonly requestNumber: string;
  readonly form: ManualForm;
  readonly tx: Transaction;
}

/**
 * Takes what a clerk entered for one task. Form and documents become the raw messages behind the answer; the same
 * answer again changes nothing, another one is accepted, told to the operators, and makes a later version (R13).
 */
export async function takeManualAnswer(
  gateway: Gateway,
  caller: Caller,
  { requestNumber, form, tx }: Filled,
): Promise<Done<ManualAnswerView>> {
  const { store, clock, installation } = gateway;
  const { officer } = caller;
  const sought = { ...manualScope(gateway, caller), requestNumber };
  const task = foundOr404(await store.mailbox.findManual(sought), 'task');
  if (!task.delivered) throw new ProblemError('state-conflict', 'The task was not handed over yet.');
  const { channelId, agencyId, inquiryId } = task;
  const agency = foundOr404(
    installation.agencies.find((each) => each.agencyId === agencyId),
    'task',
  );
  const documents = await readDocuments(gateway, officer, form.fileIds);
  const reading = readManualForm(form, { category: agency.category, documents: documents.length });
  if ('problems' in reading)
    throw new ProblemError('validation', 'The form is not whole.', { errors: reading.problems });
  const taken = await store.mailbox.answerByHand(tx, {
    ...{ channelId, agencyId, requestNumber, at: clock.now(), said: reading.said },
    raw: [
      formBytes({ requestNumber, agencyId, form, enteredBy: officer.userId }, documents),
      ...documents.map(({ bytes }) => bytes),
    ],
    simulated: installation.channels.find((each) => each.channelId === channelId)?.simulated ?? false,
  });
  if (taken.outcome === 'unknown') throw notFound('task');
  const { outcome, late } = taken;
  const view = { requestNumber, inquiryId, outcome, late };
  const { verdict } = reading.said;
  const reason = reading.said.verdict === 'no-answer' ? reading.said.reason : null;
  const afterwards = async () => {
    if (outcome === 'repeated') return;
    gateway.metrics.answered({ channelId, category: agency.category, verdict, reason });
    await announce(gateway, { channelId, agencyId, taken });
  };
  const acts = [{ action: 'answer.entered' as const, objectId: inquiryId, detail: { agencyId, outcome, verdict } }];
  return { status: 200, location: null, view, kept: view, afterwards, acts };
}

interface Entered {
  readonly channelId: string;
  readonly agencyId: string;
  readonly taken: Extract<FeedbackTaken, { inquiryId: string }>;
}

async function announce(gateway: Gateway, { channelId, agencyId, taken }: Entered): Promise<void> {
  const { store, log } = gateway;
  const { inquiryId, outcome } = taken;
  log.info('answer.entered', { inquiryId, agencyId, outcome });
  if (outcome === 'changed') {
    log.warn('answer.contradicted', { inquiryId, agencyId });
    const event = { kind: 'answer-contradicted', channelId, agencyId, inquiryId, detail: { by: 'hand' } } as const;
    await store.operationsEvents.tell(event).catch((error: unknown) => {
      log.warn('operations-event.lost', { inquiryId, code: errorCode(error) }); // the answer itself is kept
    });
  }
  await sendEntered(gateway, inquiryId, { channelId, ...taken });
}
