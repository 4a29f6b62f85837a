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

/** A folder on the box; `{code}` is the agency's code, because every bank has folders of its own. */
const folderSchema = z
  .string()
  .regex(/^\/[\p{L}\p{N}{}/ ._-]*$/u)
  .includes('{code}');

/** Transport F: an SFTP server with folders for every bank. Whose folder a file lies in says who is speaking. */
const sftpSchema = z
  .strictObject({
    host: z.string().min(1).max(253),
    port: z.int().min(1).max(65_535).default(22),
    username: z.string().min(1).max(64),
    passwordRef: secretRefSchema.nullable().default(null),
    privateKeyRef: secretRefSchema.nullable().default(null),
    hostKeySha256: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/), // as OpenSSH prints it
    inboxPath: folderSchema, // seen from us: the bank drops here
    outboxPath: folderSchema,
    archivePath: folderSchema,
    scanEverySeconds: z.int().min(1).max(86_400).default(60),
    stableAfterSeconds: z.int().min(0).max(86_400).default(30),
    operationSeconds: z.int().min(1).max(600).default(30), // deadline of one operation on the box
    maxFileBytes: z.int().min(1_024).max(268_435_456).default(33_554_432),
    maxFilesPerScan: z.int().min(1).max(10_000).default(1_000), // of one bank
    maxTasksPerPackage: z.int().min(1).max(1_000).default(100),
  })
  .refine(({ passwordRef, privateKeyRef }) => (passwordRef === null) !== (privateKeyRef === null), {
    path: ['privateKeyRef'],
    error: 'give either privateKeyRef or passwordRef',
  });

const fields = z.strictObject({
  /** W: the bank calls our SOAP service (mode mailbox). F: files through a box (mode batch). */
  transport: z.enum(['soap', 'files']).default('soap'),
  door: doorSchema.nullable().default(null), // W
  sftp: sftpSchema.nullable().default(null), // F
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

export const settingsSchema = fields.superRefine(({ transport, door, sftp, transactions }, context) => {
  const wrong = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
  if (transport === 'soap' && door === null) wrong('door', 'transport soap needs a door');
  if (transport === 'soap' && sftp !== null) wrong('sftp', 'belongs to transport files');
  if (transport === 'files' && sftp === null) wrong('sftp', 'transport files needs a box');
  if (transport === 'files' && door !== null) wrong('door', 'belongs to transport soap');
  if (transport === 'files' && transactions === 'later') wrong('transactions', 'files have no message for them alone');
});
export type Settings = z.infer<typeof settingsSchema>;
export type DoorSettings = Settings & { readonly door: NonNullable<Settings['door']> };
export type BoxSettings = Settings & { readonly sftp: NonNullable<Settings['sftp']> };

export const hasDoor = (settings: Settings): settings is DoorSettings => settings.door !== null;
export const hasBox = (settings: Settings): settings is BoxSettings => settings.sftp !== null;
export type Texts = Settings['texts'];
