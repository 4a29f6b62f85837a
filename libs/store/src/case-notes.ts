import type { RowScope } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { seesCase } from './row-scope.ts';
import { bounded, type StoreContext } from './store-context.ts';

export type StoredNote = {
  readonly noteId: string;
  readonly caseId: string;
  readonly text: string;
  readonly writtenBy: string;
  readonly writtenAt: string;
};
export type NotePage = {
  readonly caseId: string;
  readonly rows: RowScope;
  readonly after: string | null;
  readonly limit: number;
};

/** What officers wrote down about a case (备注): sealed, only ever added. */
export type CaseNotes = {
  write(tx: Transaction, note: { caseId: string; text: string; by: string }): Promise<StoredNote>;
  /** Newest first. Empty too where the case is not theirs to see. */
  list(page: NotePage): Promise<readonly StoredNote[]>;
  get(noteId: string, rows: RowScope): Promise<StoredNote | null>;
};

export const openCaseNotes = (context: StoreContext): CaseNotes => ({
  write: async (tx, { caseId, text, by }) => {
    const noteId = context.newId('note');
    const at = context.clock();
    const body = context.seals.sealJson(text, notePlace(noteId));
    await sql`INSERT INTO case_notes (note_id, case_id, body, written_by, written_at)
      VALUES (${noteId}, ${caseId}, ${body}, ${by}, ${at})`.execute(tx);
    return { noteId, caseId, text, writtenBy: by, writtenAt: context.toInstant(at) };
  },
  list: async ({ caseId, rows, after, limit }) => {
    const found = await sql<Row>`SELECT ${columns} FROM case_notes AS n
      WHERE n.case_id = ${caseId} AND (${after}::text IS NULL OR n.note_id < ${after}) AND ${seesCase(rows, 'n.case_id')}
      ORDER BY n.note_id DESC LIMIT ${bounded(limit)}`.execute(context.db);
    return found.rows.map((row) => noteOf(context, row));
  },
  get: async (noteId, rows) => {
    const found = await sql<Row>`SELECT ${columns} FROM case_notes AS n
      WHERE n.note_id = ${noteId} AND ${seesCase(rows, 'n.case_id')}`.execute(context.db);
    return found.rows[0] ? noteOf(context, found.rows[0]) : null;
  },
});

type Row = { note_id: string; case_id: string; body: Buffer; written_by: string; written_at: Date };
const columns = sql`n.note_id, n.case_id, n.body, n.written_by, n.written_at`;
const notePlace = (noteId: string): string => `case_notes.body/${noteId}`;

const noteOf = ({ seals, toInstant }: StoreContext, row: Row): StoredNote => ({
  noteId: row.note_id,
  caseId: row.case_id,
  text: seals.openJson<string>(row.body, notePlace(row.note_id)),
  writtenBy: row.written_by,
  writtenAt: toInstant(row.written_at),
});
