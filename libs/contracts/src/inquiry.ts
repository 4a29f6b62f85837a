import { z } from 'zod';
import { debtorSchema } from './debtor.ts';
import { moneySchema } from './money.ts';
import { hashSchema, idSchema, textSchema } from './text.ts';
import { dateSchema, instantSchema } from './time.ts';

export const purposeSchema = z.enum(['execution', 'preservation', 'post-termination-requery', 'resumption']);
export type Purpose = z.infer<typeof purposeSchema>;

export const originSchema = z.enum(['officer', 'clue', 'schedule', 'requery', 'import']);

/** Case and documents an inquiry rests on (report.md §3.2). */
export const legalSchema = z.strictObject({
  caseNumber: textSchema, // 案号, normalised
  courtCode: textSchema,
  courtName: textSchema,
  basis: textSchema, // 执行依据
  documentName: textSchema, // e.g. 协助查询存款通知书 with the case number
  documentNumber: textSchema, // 文书编号; several requests may share it
  documentHash: hashSchema,
  claimAmount: moneySchema.nullable(),
  claimOutstanding: moneySchema.nullable(),
  preservationLimit: moneySchema.nullable(),
});
export type Legal = z.infer<typeof legalSchema>;

/** The officer in charge (承办人); at least one of the two cards is present. */
export const officerSchema = z.strictObject({
  id: idSchema('usr'),
  name: textSchema,
  phone: textSchema.nullable(),
  workCardNo: textSchema.nullable(), // 工作证
  dutyCardNo: textSchema.nullable(), // 执行公务证
});
export type Officer = z.infer<typeof officerSchema>;

/** What an officer asks about one debtor in one case: the part of an inquiry that agencies are told (report.md §3). */
export const inquirySchema = z.strictObject({
  inquiryId: idSchema('inq'),
  correlationId: z.uuid(),
  requestedAt: instantSchema,
  dueAt: instantSchema,
  purpose: purposeSchema,
  origin: originSchema,
  previousInquiryId: idSchema('inq').nullable(),
  transactionPeriod: z.strictObject({ from: dateSchema, to: dateSchema }).nullable(), // null: none wanted
  legal: legalSchema,
  officer: officerSchema,
  approver: z.strictObject({ id: idSchema('usr') }).nullable(), // who has approved it
  debtor: debtorSchema,
  /** It did not wait for an approval. Absent otherwise, so that reports of before stay as they were hashed. */
  emergency: z.literal(true).optional(),
});
export type Inquiry = z.infer<typeof inquirySchema>;
