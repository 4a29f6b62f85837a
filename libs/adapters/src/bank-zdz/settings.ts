import { identifierSchema, secretRefSchema } from '#contracts';
import { z } from 'zod';

const textList = (...defaults: string[]) => z.array(z.string().trim().min(1)).min(1).max(20).default(defaults);

/** One bank that logs in under a name of its own. */
const loginSchema = z.strictObject({
  username: z.string().min(1).max(64),
  passwordRef: secretRefSchema,
  agencyId: z.string().min(1),
});

/**
 * One rule for thousands of banks: the user name is the prefix and the agency's code. `derived`: each bank has a
 * password of its own, made from its user name and our secret, so that no bank can pose as another. `shared`: all have
 * the same one; only for channels on which a single party polls, such as a hub or a simulator.
 */
const loginPatternSchema = z.strictObject({
  usernamePrefix: z.string().max(32),
  passwordRef: secretRefSchema,
  passwords: z.enum(['derived', 'shared']),
});

const doorSchema = z
  .strictObject({
    path: z.string().regex(/^\/[A-Za-z0-9/_-]+$/),
    namespace: z.string().min(1).default('http://syyh.service.webService.ckw.tdh/'),
    logins: z.array(loginSchema).max(10_000).default([]),
    loginPattern: loginPatternSchema.nullable().default(null),
    maxTasksPerFetch: z.int().min(1).max(1_000).default(100),
    maxMessageBytes: z.int().min(1_024).max(268_435_456).default(33_554_432), // one decoded message
    /** What the list of receipts for a refusal is called: the specification contradicts itself (bank-zdz.md §3). */
    refusalReceiptList: z.enum(['cxjglist', 'htjglist']).default('cxjglist'),
  })
  .refine(({ logins, loginPattern }) => logins.length > 0 || loginPattern !== null, {
    path: ['logins'],
    error: 'nobody could log in: give logins or loginPattern',
  });

/** The magic texts of the account number, and our own words (bank-zdz.md §5.7). Compared exactly after trimming. */
const textsSchema = z.strictObject({
  nothing: textList('查无开户信息'),
  failure: textList('查询异常'),
  refused: textList('业务审核未通过'),
  alreadyAnswered: z.string().min(1).default('已经反馈, 不能再次反馈'),
  documentKind: z.string().min(1).default('协助查询通知书'), // WSLB of the writs we hand out
});

export const settingsSchema = z.strictObject({
  door: doorSchema,
  institutionKind: z.string().min(1).max(10).default('YH'), // LB
  idTypeCodes: z.partialRecord(identifierSchema.shape.type, z.string()).default({ 'citizen-id': '01' }), // ZJLX
  currencyDefault: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .default(null), // where BZ is missing
  texts: textsSchema.prefault({}),
  /** CSXH is the place in the queue of measures: 1 is in force, 2 waits first, and so on. */
  sequenceIsRank: z.boolean().default(false),
  /** Whether transactions are asked for when the inquiry names a period, and where the bank sends them. */
  transactions: z.enum(['off', 'with-feedback', 'later']).default('off'),
});
export type Settings = z.infer<typeof settingsSchema>;
export type Texts = Settings['texts'];
