import { createHash } from 'node:crypto';
import { fileViewSchema, type FileView, type RowScope } from '#contracts';
import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { seesCase } from './row-scope.ts';
import type { StoreContext } from './store-context.ts';

export type FileToCreate = {
  readonly fileName: string;
  readonly fileType: FileView['fileType'];
  readonly bytes: Uint8Array;
  readonly createdBy: string;
  readonly courtCode: string;
};
export type FileOfCase = { readonly fileId: string; readonly caseId: string; readonly rows: RowScope };
export type StoredFile = { readonly view: FileView; readonly bytes: Uint8Array; readonly courtCode: string };

export type FileRow = {
  readonly file_id: string;
  readonly court_code: string;
  readonly file_type: string;
  readonly size_bytes: number;
  readonly hash: string;
  readonly name: Buffer;
  readonly content: Buffer;
  readonly created_at: Date;
};

/** Legal documents and cards as uploaded; name and content are sealed. */
export type Files = {
  /** `tx`: the transaction of `idempotency.run`; left out, one of its own. */
  create(file: FileToCreate, tx?: Transaction): Promise<FileView>;
  get(fileId: string): Promise<StoredFile | null>;
  /** A document that an inquiry of this case, or its hand-over, rests on: it is reached through the case, at whatever court. */
  ofCase(sought: FileOfCase): Promise<StoredFile | null>;
};

export const openFiles = (context: StoreContext): Files => ({
  create: (file, tx) => createFile(tx ? { ...context, db: tx } : context, file),
  get: (fileId) => getFile(context, fileId),
  ofCase: (sought) => fileOfCase(context, sought),
});

/** Of `files AS f`. */
export const fileColumns = sql`f.file_id, f.court_code, f.file_type, f.size_bytes, f.hash, f.name, f.content, f.created_at`;

const namePlace = (fileId: string): string => `files.name/${fileId}`;
const contentPlace = (fileId: string): string => `files.content/${fileId}`;

async function createFile(context: StoreContext, file: FileToCreate): Promise<FileView> {
  const fileId = context.newId('file');
  const at = context.clock();
  const hash = `sha256:${createHash('sha256').update(file.bytes).digest('hex')}`;
  await context.db
    .insertInto('files')
    .values({
      file_id: fileId,
      court_code: file.courtCode,
      created_by: file.createdBy,
      file_type: file.fileType,
      size_bytes: file.bytes.length,
      hash,
      name: context.seals.sealJson(file.fileName, namePlace(fileId)),
      content: context.keyring.seal(file.bytes, contentPlace(fileId)), // pictures and PDF are compressed already
      created_at: at,
    })
    .execute();
  const { fileName, fileType } = file;
  return { fileId, fileName, fileType, sizeBytes: file.bytes.length, hash, createdAt: context.toInstant(at) };
}

async function getFile(context: StoreContext, fileId: string): Promise<StoredFile | null> {
  const { rows } = await sql<FileRow>`SELECT ${fileColumns} FROM files AS f WHERE file_id = ${fileId}`.execute(
    context.db,
  );
  return rows[0] ? openFileRow(context, rows[0]) : null;
}

async function fileOfCase(
  context: StoreContext,
  { fileId, caseId, rows: scope }: FileOfCase,
): Promise<StoredFile | null> {
  const { rows } = await sql<FileRow>`SELECT ${fileColumns} FROM files AS f JOIN cases AS c ON c.case_id = ${caseId}
    WHERE f.file_id = ${fileId} AND ${seesCase(scope, 'c.case_id')}
      AND (EXISTS (SELECT FROM inquiries i WHERE i.document_file_id = f.file_id AND i.case_id = c.case_id)
        OR EXISTS (SELECT FROM hand_overs h WHERE h.file_id = f.file_id AND h.case_id = c.case_id))`.execute(
    context.db,
  );
  return rows[0] ? openFileRow(context, rows[0]) : null;
}

export function openFileRow({ seals, keyring, toInstant }: StoreContext, row: FileRow): StoredFile {
  const fileId = row.file_id;
  const view = fileViewSchema.parse({
    fileId,
    fileName: seals.openJson<string>(row.name, namePlace(fileId)),
    fileType: row.file_type,
    sizeBytes: row.size_bytes,
    hash: row.hash,
    createdAt: toInstant(row.created_at),
  });
  return { view, bytes: keyring.open(row.content, contentPlace(fileId)), courtCode: row.court_code };
}
