import { caseStateSchema, countsSchema, type DeskItem, deskItemSchema } from '#contracts';
import { asNextAct } from './desk-acts.ts';
import { openDebtorRow, summarizeDebtor } from './debtor-row.ts';
import { instantOrNull, type StoreContext } from './store-context.ts';

export type DeskRow = {
  act: string;
  case_id: string;
  inquiry_id: string | null;
  approval_id: string | null;
  case_number: string;
  court_code: string;
  state: string;
  created_at: Date;
  no_claim: boolean;
  no_filed_on: boolean;
  no_notice: boolean;
  debtor_count: number;
  due_at: Date | null;
  asked_count: number | null;
  closed_at: Date | null;
  latest_report_id: string | null;
  counts: unknown;
  answered: number | null;
  sentence: unknown;
  debtor_id: string | null;
  debtor_body: Buffer | null;
  debtor_created_at: Date | null;
};

/** The column also says what changed; here only the sentence is told. */
const saidSchema = deskItemSchema.shape.lastSentence.unwrap().strip();

export const deskItems = (context: StoreContext, rows: readonly DeskRow[]): DeskItem[] =>
  rows.map((row) => ({
    caseId: row.case_id,
    caseNumber: row.case_number,
    courtCode: row.court_code,
    state: caseStateSchema.parse(row.state),
    createdAt: context.toInstant(row.created_at),
    act: asNextAct(row.act),
    debtor: debtorOf(context, row),
    debtorCount: row.debtor_count,
    inquiryId: row.inquiry_id,
    approvalId: row.approval_id,
    reportId: row.latest_report_id,
    dueAt: instantOrNull(context, row.due_at),
    progress: progressOf(row),
    lastSentence: row.sentence === null ? null : saidSchema.parse(row.sentence),
    missing: missingIn(row),
  }));

/** A closed inquiry is counted by its last version alone: without one there is no number, and none is made up. */
function progressOf({ inquiry_id, closed_at, asked_count, answered, counts }: DeskRow): DeskItem['progress'] {
  if (inquiry_id === null || asked_count === null) return null;
  if (closed_at === null)
    return answered === null ? null : { asked: asked_count, answered, unanswered: Math.max(0, asked_count - answered) };
  if (counts === null) return null;
  const said = countsSchema.parse(counts);
  return { asked: said.asked, answered: said.answered, unanswered: said.noAnswer };
}

function debtorOf(context: StoreContext, row: DeskRow): DeskItem['debtor'] {
  const { debtor_id, debtor_body: body, debtor_created_at: created_at } = row;
  if (debtor_id === null || body === null || created_at === null) return null;
  return summarizeDebtor(openDebtorRow(context, { debtor_id, case_id: row.case_id, body, created_at }));
}

const missingIn = (row: DeskRow): DeskItem['missing'] => [
  ...(row.debtor_count === 0 ? (['debtor'] as const) : []),
  ...(row.no_claim ? (['claim'] as const) : []),
  ...(row.no_filed_on ? (['filed-on'] as const) : []),
  ...(row.no_notice ? (['execution-notice-on'] as const) : []),
];
