import { z } from 'zod';

/** Kinds of agency, in the order in which reports list them (domain.md §2.3, report.md §4). */
export const categories = [
  'bank',
  'central-bank-index',
  'internet-bank',
  'real-estate',
  'vehicle',
  'securities',
  'company-registry',
  'wallet',
  'insurance',
  'housing-fund',
  'vessel',
  'aircraft',
  'other',
] as const;
export const categorySchema = z.enum(categories);
export type Category = z.infer<typeof categorySchema>;

/**
 * How a channel works. `call`: we ask and get the answer. `ticket`: we ask, and collect the answer later. `mailbox`: the
 * agency fetches tasks from us and feeds back. `batch`: tasks and answers travel as files. `manual`: a clerk answers.
 */
export const modeSchema = z.enum(['call', 'ticket', 'mailbox', 'batch', 'manual']);
export type Mode = z.infer<typeof modeSchema>;

/**
 * Modes in which an asking lies as a task until it is fed back; in the others we ask ourselves.
 * docs/decisions/0011-one-task-for-mailbox-files-and-clerks.md
 */
export const taskModes = ['mailbox', 'batch', 'manual'] as const satisfies readonly Mode[];
export const takesTasks = (mode: Mode): boolean => taskModes.some((each) => each === mode);

/** What the agency compares before it answers (domain.md §7.2). */
export const matchRuleSchema = z.enum([
  'name-and-id',
  'name-or-id',
  'id-only',
  'name-birth-nationality',
  'name-exact',
  'id-root',
]);
export type MatchRule = z.infer<typeof matchRuleSchema>;

export const matchKeySchema = z.enum([
  'name',
  'id18',
  'id15',
  'uscc',
  'org-code',
  'passport',
  'birth-date',
  'iban',
  'plate',
  'vin',
]);
export type MatchKey = z.infer<typeof matchKeySchema>;

/** Parts of an answer that can fail on their own, in the order in which reports list them (report.md §4). */
export const sectionNames = [
  'accounts',
  'balances',
  'encumbrances',
  'co-rights',
  'holdings',
  'sub-accounts',
  'transactions',
  'land-ownership',
  'land-use',
  'house',
  'sea-use',
  'structure',
  'forest',
  'mortgage',
  'advance-notice',
  'seizure',
  'vehicles',
  'seals',
  'positions',
  'policies',
  'shares',
  'roles',
] as const;
export const sectionNameSchema = z.enum(sectionNames);
export type SectionName = z.infer<typeof sectionNameSchema>;
