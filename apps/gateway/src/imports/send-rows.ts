import type { ImportSending, ImportSent, NewInquiry } from '#contracts';
import type { ImportOutcome } from '#store';
import type { Caller } from '../access/caller.ts';
import { ownSurname } from '../audit/about.ts';
import { actOf } from '../audit/act-of.ts';
import { readDebtor } from '../cases/read-debtor.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { orProblem, sendPrepared } from '../inquiries/accept-inquiry.ts';
import { scopeProblems } from '../inquiries/field-problems.ts';
import { prepareInquiry } from '../inquiries/prepare-inquiry.ts';
import { recordRefusal } from '../inquiries/store-inquiry.ts';
import type { JudgedRow } from './judge-rows.ts';
import { type LoadedImport, loadImport } from './load-import.ts';
import { knownCode } from './row-words.ts';

const mostAtOnce = 20; // so that a step ends well within the time of a request

export interface RowsToSend {
  readonly importId: string;
  readonly sending: ImportSending;
}

/**
 * Sends the next rows that are ready (docs/decisions/0036-a-list-is-sent-in-steps.md), each through the guard and in a transaction of its own: what was sent stays sent
 * whatever becomes of the next one. A refusal is the row's outcome; being overloaded is nobody's, and ends the step.
 * @throws ProblemError `validation`, `not-found` for what all rows share
 * @throws ProblemError `state-conflict` when another number of rows is ready than was confirmed; nothing is sent then
 */
export async function sendRows(gateway: Gateway, exchange: Exchange, toSend: RowsToSend): Promise<ImportSent> {
  const { importId, sending } = toSend;
  await checkSending(gateway, exchange.caller, sending);
  const ready = readyRows(await loadImport(gateway, exchange.caller, importId));
  if (ready.length !== sending.confirmed)
    throw new ProblemError('state-conflict', `Now ${ready.length} rows are ready: look at them and confirm again.`);
  const inquiryIds: string[] = [];
  let refused = 0;
  for (const row of ready.slice(0, mostAtOnce)) {
    const outcome = await orProblem(sendRow(gateway, exchange, { ...toSend, row }));
    if (outcome instanceof ProblemError) {
      if (inquiryIds.length + refused === 0) throw outcome;
      break;
    }
    if (outcome.inquiryId === null) refused += 1;
    else inquiryIds.push(outcome.inquiryId);
  }
  const left = readyRows(await loadImport(gateway, exchange.caller, importId)).length;
  return { importId, sent: inquiryIds.length, refused, left, inquiryIds };
}

/** What all rows share is looked at once: it is no fault of a row. */
async function checkSending(gateway: Gateway, { officer }: Caller, { legal, scope }: ImportSending): Promise<void> {
  const errors = scopeProblems(gateway, { scope });
  if (errors.length > 0)
    throw new ProblemError('validation', 'The scope names agencies that do not exist.', { errors });
  const document = await gateway.store.files.get(legal.fileId);
  foundOr404(document?.courtCode === officer.courtCode ? document : null, 'document');
}

const readyRows = ({ rows }: LoadedImport): readonly JudgedRow[] => rows.filter(({ state }) => state === 'ready');

/** Problems of the moment: the row has said nothing wrong and can be sent later. */
const passing: ReadonlySet<string> = new Set(['overloaded', 'dependency-down', 'internal', 'rate-limited']);

type Sending = RowsToSend & { readonly row: JudgedRow };

async function sendRow(gateway: Gateway, exchange: Exchange, toSend: Sending): Promise<ImportOutcome> {
  const { store } = gateway;
  const { importId, row } = toSend;
  const body = await bodyOf(gateway, exchange, toSend);
  const done = await orProblem(sendOne(gateway, exchange, { importId, row: row.checked.row, body }));
  if (!(done instanceof ProblemError)) return done;
  if (passing.has(done.code)) throw done;
  await recordRefusal(gateway, exchange, { asked: body, problem: done });
  const outcome = { row: row.checked.row, inquiryId: null, codes: codesOf(done) };
  await store.transaction((tx) => store.imports.settle(tx, importId, outcome));
  return outcome;
}

const codesOf = ({ code, errors }: ProblemError): readonly string[] => [
  ...new Set((errors.length === 0 ? [code] : errors.map((each) => each.code)).map(knownCode)),
];

async function sendOne(
  gateway: Gateway,
  exchange: Exchange,
  { importId, row, body }: { readonly importId: string; readonly row: number; readonly body: NewInquiry },
): Promise<ImportOutcome> {
  const { store } = gateway;
  const prepared = await prepareInquiry(gateway, exchange.caller, { body, approvedBy: null });
  const { outcome, afterwards } = await store.transaction(async (tx) => {
    const sent = await sendPrepared(gateway, exchange, { prepared, approvalId: null, tx });
    const settled = { row, inquiryId: sent.view.inquiryId, codes: [] };
    if (!(await store.imports.settle(tx, importId, settled)))
      throw new ProblemError('state-conflict', 'Somebody else has sent this row a moment ago.');
    return { outcome: settled, afterwards: sent.afterwards };
  });
  await afterwards();
  return outcome;
}

async function bodyOf(gateway: Gateway, exchange: Exchange, { row, sending }: Sending): Promise<NewInquiry> {
  const { caseId, checked } = row;
  if (caseId === null) throw new ProblemError('state-conflict', 'The case of a row is gone.');
  const { purpose, scope, legal, reason } = sending;
  return {
    ...{ caseId, purpose, scope, reason },
    debtorId: row.debtorId ?? (await enterDebtor(gateway, exchange, row)),
    legal: {
      documentName: checked.documentName ?? legal.documentName,
      documentNumber: checked.documentNumber ?? legal.documentNumber,
      fileId: legal.fileId,
    },
    ...{ transactionPeriod: null, dueAt: null, origin: 'officer' },
    ...{ previousInquiryId: null, approverId: null, emergency: null },
  };
}

/** Somebody who was not among the parties of the case so far; a repetition finds them there. */
async function enterDebtor(gateway: Gateway, exchange: Exchange, { caseId, checked }: JudgedRow): Promise<string> {
  const { store } = gateway;
  const { caller } = exchange;
  if (caseId === null || checked.debtor === null) throw new ProblemError('state-conflict', 'The row has changed.');
  const entered = readDebtor(checked.debtor);
  return store.transaction(async (tx) => {
    const view = await store.debtors.create({ caseId, rows: caller.rows.write, ...entered }, tx);
    if (!view) throw new ProblemError('state-conflict', 'The case does not take a debtor any more.');
    const { debtorId } = view;
    const detail = ownSurname(caller.officer, entered.debtor);
    await store.ledger.record(actOf(exchange, { action: 'debtor.created', objectId: debtorId, caseId, detail }), tx);
    return debtorId;
  });
}
