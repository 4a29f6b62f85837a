import { type NewStatement, type ProblemItem, type statementViewSchema, takesTasks } from '#contracts';
import { saidOfStatement } from '#inquiry';
import { toDay } from '#platform';
import type { Transaction } from '#store';
import type { z } from 'zod';
import { formBytes, readDocuments } from '../answers/documents.ts';
import type { Caller } from '../access/caller.ts';
import { inquiryToActOn } from '../access/looking.ts';
import type { Gateway } from '../gateway.ts';
import type { Done } from '../http/intents.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { linksOf } from './inquiry-view.ts';
import { sendEntered } from './send-inquiry.ts';

type StatementView = z.infer<typeof statementViewSchema>;
type Stated = { readonly inquiryId: string; readonly statement: NewStatement; readonly tx: Transaction };

/**
 * Keeps what an agency told the court without answering: a written objection (异议) ends the line with its clock, a wish
 * for clarification (需核实) leaves the asking open where an answer can still come in.
 * @throws ProblemError `state-conflict` when the line has an answer or was not asked
 */
export async function stateByAgency(
  gateway: Gateway,
  caller: Caller,
  { inquiryId, statement, tx }: Stated,
): Promise<Done<StatementView>> {
  const { store, clock, log, installation, settings } = gateway;
  const { officer, rows } = caller;
  await inquiryToActOn(gateway, caller, inquiryId);
  const stored = foundOr404(await store.inquiries.get(inquiryId, rows.write), 'inquiry');
  const { agencyId, category, fileId } = statement;
  const line = stored.plan.find((each) => each.agencyId === agencyId && each.category === category);
  const at = clock.now();
  if (!line || line.notAskedCause !== null || line.mode === null || line.dueAt === null) throw noLine('/agencyId');
  if (statement.receivedOn > toDay(at, settings.timeZone)) throw notYet;
  const documents = await readDocuments(gateway, officer, fileId === null ? [] : [fileId]);
  const isOpen =
    statement.statement === 'clarification-needed' && takesTasks(line.mode) && Date.parse(line.dueAt) > at.getTime();
  const taken = await store.inquiries.state(tx, {
    ...{ inquiryId, agencyId, at },
    said: saidOfStatement(statement),
    raw: [
      formBytes({ inquiryId, statement, enteredBy: officer.userId }, documents),
      ...documents.map(({ bytes }) => bytes),
    ],
    openUntil: isOpen ? new Date(line.dueAt) : null,
    simulated: installation.channels.find(({ channelId }) => channelId === line.channelId)?.simulated ?? false,
  });
  if (taken.outcome === 'unknown') throw noLine('/agencyId');
  if (taken.outcome !== 'taken')
    throw new ProblemError('state-conflict', 'The agency has answered; a statement would not change that.');
  log.info('statement.taken', { inquiryId, agencyId, statement: statement.statement });
  const view = { inquiryId, agencyId, statement: statement.statement, late: taken.late };
  const afterwards = () => sendEntered(gateway, inquiryId, taken);
  const detail = { agencyId, statement: statement.statement };
  const acts = [{ action: 'answer.stated' as const, objectId: inquiryId, detail }];
  return { status: 201, location: linksOf(inquiryId).lines, view, kept: view, afterwards, acts };
}

const one = (item: ProblemItem) => ({ errors: [item] });
const noLine = (pointer: string): ProblemError =>
  new ProblemError(
    'state-conflict',
    'The inquiry has no such line that was asked.',
    one({
      pointer,
      code: 'unknown-line',
      detail: 'The agency was not asked in this category.',
      fix: 'Take agency and category from the lines of the inquiry.',
    }),
  );
const notYet = new ProblemError(
  'validation',
  'The day of receipt lies in the future.',
  one({
    pointer: '/receivedOn',
    code: 'in-the-future',
    detail: 'Nothing can have been received on a day that has not come.',
    fix: 'Give the day on which it reached the court.',
  }),
);
