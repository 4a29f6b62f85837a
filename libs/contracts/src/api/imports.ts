import { z } from 'zod';
import { rareLevels } from '../identifiers/rare-characters.ts';
import { purposeSchema } from '../inquiry.ts';
import { hashSchema, idSchema, textSchema } from '../text.ts';
import { instantSchema } from '../time.ts';
import { scopeSchema } from './inquiries.ts';

/** More rows than these are sent as two files. */
export const mostImportRows = 2_000;

/** What a column of an import may mean. The first three are needed; the rest may be missing. */
export const importFields = [
  'caseNumber',
  'name',
  'idNumber',
  'idType',
  'kind',
  'documentName',
  'documentNumber',
  'confirmed',
] as const;
export const importFieldSchema = z.enum(importFields);
export type ImportField = z.infer<typeof importFieldSchema>;

/** Position of the column that holds a field, from 0; a field that is left out has none. */
export const importMappingSchema = z.partialRecord(importFieldSchema, z.int().min(0).max(99));
export type ImportMapping = z.infer<typeof importMappingSchema>;

const bothSchema = z.strictObject({ zh: z.string(), en: z.string() });

/** One thing about one cell: what is wrong, and what to do. It never repeats the cell. */
export const importProblemSchema = z
  .strictObject({
    field: importFieldSchema.nullable(), // null: the row as a whole
    code: z.string(),
    words: bothSchema,
    fix: bothSchema,
  })
  .meta({ id: 'ImportProblem' });
export type ImportProblem = z.infer<typeof importProblemSchema>;

/** A character of the name that some systems cannot carry, and the standard one in its place. */
export const rareCharacterSchema = z
  .strictObject({
    character: z.string(),
    label: z.string(), // its code point: U+20BB7
    level: z.enum(rareLevels),
    standard: z.strictObject({ character: z.string(), label: z.string() }).nullable(),
  })
  .meta({ id: 'RareCharacter' });

/** 可发送 · 可修正 · 不可发送 · 已发送. */
export const importRowStateSchema = z.enum(['ready', 'fixable', 'blocked', 'sent']);
export type ImportRowState = z.infer<typeof importRowStateSchema>;

export const importRowSchema = z
  .strictObject({
    row: z.int(), // line of the file, as a spreadsheet counts it
    state: importRowStateSchema,
    caseNumber: z.string(),
    nameMasked: z.string(),
    rareCharacters: z.array(rareCharacterSchema), // of the name
    idMasked: z.string(),
    inquiryId: idSchema('inq').nullable(),
    problems: z.array(importProblemSchema),
  })
  .meta({ id: 'ImportRow' });
export type ImportRow = z.infer<typeof importRowSchema>;

export const importViewSchema = z
  .strictObject({
    importId: idSchema('imp'),
    format: z.enum(['xlsx', 'csv']),
    encoding: z.enum(['utf-8', 'utf-8-bom', 'utf-16le', 'gb18030']).nullable(), // null: a workbook has none
    templateOutdated: z.boolean(), // made of an older template: taken, and noted
    hash: hashSchema, // of the file as it came
    createdAt: instantSchema,
    expiresAt: instantSchema,
    headers: z.array(z.string()),
    mapping: importMappingSchema,
    missingFields: z.array(importFieldSchema), // needed, and no column has them
    counts: z.strictObject({
      rows: z.int(),
      ready: z.int(),
      fixable: z.int(),
      blocked: z.int(),
      sent: z.int(),
    }),
    rows: z.array(importRowSchema).max(mostImportRows),
  })
  .meta({ id: 'Import' });
export type ImportView = z.infer<typeof importViewSchema>;

/** `PATCH /imports/{importId}`: the whole mapping, in place of the guessed one. */
export const importChangeSchema = z.strictObject({ mapping: importMappingSchema }).meta({ id: 'ImportChange' });

/** `POST /imports/{importId}/sending`: so many rows are sent as the person has confirmed, in steps. */
export const importSendingSchema = z
  .strictObject({
    confirmed: z.int().min(1).max(mostImportRows), // rows that are ready, as the person was shown them
    purpose: purposeSchema,
    scope: scopeSchema,
    legal: z.strictObject({ documentName: textSchema, documentNumber: textSchema, fileId: idSchema('file') }), // where a row names no document of its own
    reason: textSchema.nullable().default(null),
  })
  .meta({ id: 'ImportSending' });
export type ImportSending = z.infer<typeof importSendingSchema>;

/** One step: `left` rows are still ready; send again, with that number and a new key, until none is. */
export const importSentSchema = z
  .strictObject({
    importId: idSchema('imp'),
    sent: z.int(),
    refused: z.int(),
    left: z.int(),
    inquiryIds: z.array(idSchema('inq')),
  })
  .meta({ id: 'ImportSent' });
export type ImportSent = z.infer<typeof importSentSchema>;
