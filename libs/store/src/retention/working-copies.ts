import { sql } from 'kysely';
import type { StoreContext } from '../store-context.ts';
import { type AgeRule, type Counted, countsOf, type DueItem, type DueQuestion, type Removal } from './rule.ts';

type Found = { readonly id: string; readonly hash: string };
const itemsOf = (rows: readonly Found[]): readonly DueItem[] => rows.map(({ id, hash }) => ({ id, hashes: [hash] }));

/** The content of exports whose time is over: they can be made again, and the ledger says that they were made. */
export const expiredExports: AgeRule = {
  rule: 'exports',
  async due({ db }, { before, after, limit }: DueQuestion) {
    const { rows } = await sql<Found>`SELECT export_id AS id, hash FROM exports
      WHERE content IS NOT NULL AND expires_at <= ${before} AND NOT is_held(inquiry_id) AND export_id > ${after ?? ''}
      ORDER BY export_id LIMIT ${limit}`.execute(db);
    return itemsOf(rows);
  },
  async remove({ db }, { ids, at, certificateId }: Removal) {
    await sql`UPDATE exports SET content = NULL, culled_at = ${at}, culled_by = ${certificateId}
      WHERE export_id = ANY(${[...ids]}::text[])`.execute(db);
  },
  async count({ db }, before) {
    const { rows } = await sql<Counted>`SELECT count(*) FILTER (WHERE NOT is_held(inquiry_id)) AS due,
        count(*) FILTER (WHERE is_held(inquiry_id)) AS held
      FROM exports WHERE content IS NOT NULL AND expires_at <= ${before}`.execute(db);
    return countsOf(rows);
  },
};

/** Documents that somebody uploaded and nothing refers to. They belong to no inquiry, so no hold covers them. */
export const unusedUploads: AgeRule = {
  rule: 'uploads',
  async due({ db }, { before, after, limit }: DueQuestion) {
    const { rows } = await sql<Found>`SELECT file_id AS id, hash FROM files
      WHERE created_at < ${before} AND file_id > ${after ?? ''} AND NOT upload_is_used(file_id)
      ORDER BY file_id LIMIT ${limit}`.execute(db);
    return itemsOf(rows);
  },
  async remove({ db }, { ids }: Removal) {
    await sql`DELETE FROM files WHERE file_id = ANY(${[...ids]}::text[])`.execute(db);
  },
  async count({ db }, before) {
    const { rows } = await sql<Counted>`SELECT count(*) AS due, 0 AS held FROM files
      WHERE created_at < ${before} AND NOT upload_is_used(file_id)`.execute(db);
    return countsOf(rows);
  },
};

/** Lists that somebody brought and whose time is over. What was sent of them stands in its inquiries. */
export const expiredImports: AgeRule = {
  rule: 'imports',
  async due({ db }, { before, after, limit }: DueQuestion) {
    const { rows } = await sql<Found>`SELECT import_id AS id, hash FROM imports
      WHERE content IS NOT NULL AND expires_at <= ${before} AND import_id > ${after ?? ''}
      ORDER BY import_id LIMIT ${limit}`.execute(db);
    return itemsOf(rows);
  },
  async remove({ db }, { ids, at, certificateId }: Removal) {
    await sql`UPDATE imports SET content = NULL, culled_at = ${at}, culled_by = ${certificateId}
      WHERE import_id = ANY(${[...ids]}::text[])`.execute(db);
  },
  async count({ db }, before) {
    const { rows } = await sql<Counted>`SELECT count(*) AS due, 0 AS held FROM imports
      WHERE content IS NOT NULL AND expires_at <= ${before}`.execute(db);
    return countsOf(rows);
  },
};

/** Bytes that were never understood, or were read since: whoever wanted to read them again has had time. */
export const oldQuarantine: AgeRule = {
  rule: 'quarantine',
  async due(context: StoreContext, { before, after, limit }: DueQuestion) {
    const { rows } = await sql<Found>`SELECT quarantine_id AS id, 'sha256:' || encode(sha256(payload), 'hex') AS hash
      FROM quarantine WHERE payload IS NOT NULL AND at < ${before} AND quarantine_id > ${after ?? ''}
        AND (inquiry_id IS NULL OR NOT is_held(inquiry_id))
      ORDER BY quarantine_id LIMIT ${limit}`.execute(context.db);
    return itemsOf(rows); // hashes of the sealed bytes: nobody knows any other
  },
  async remove({ db }, { ids, at, certificateId }: Removal) {
    await sql`UPDATE quarantine SET payload = NULL, origin = NULL, culled_at = ${at}, culled_by = ${certificateId},
        state = CASE state WHEN 'waiting' THEN 'given-up' ELSE state END
      WHERE quarantine_id = ANY(${[...ids]}::text[])`.execute(db);
  },
  async count({ db }, before) {
    const { rows } =
      await sql<Counted>`SELECT count(*) FILTER (WHERE inquiry_id IS NULL OR NOT is_held(inquiry_id)) AS due,
        count(*) FILTER (WHERE inquiry_id IS NOT NULL AND is_held(inquiry_id)) AS held
      FROM quarantine WHERE payload IS NOT NULL AND at < ${before}`.execute(db);
    return countsOf(rows);
  },
};
