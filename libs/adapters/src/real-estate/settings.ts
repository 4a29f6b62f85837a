import { identifierSchema, secretRefSchema } from '#contracts';
import { z } from 'zod';

const pathSchema = z
  .string()
  .regex(/^\/[A-Za-z0-9._/-]*$/)
  .max(200);
const codeSchema = z.string().min(1).max(20);
const unitSchema = z.enum(['yuan', 'ten-thousand-yuan', 'unknown']).default('unknown');
const credentialsSchema = z.strictObject({ username: z.string().min(1).max(100), passwordRef: secretRefSchema });

const sealKindSchema = z.enum(['seizure', 'waiting-seizure', 'advance-seizure', 'waiting-advance-seizure', 'renewal']);

/** What both wires need to ask and to read. Codes are those of real-estate.md §1.6. */
const readingShape = {
  /** xzqdm, regioncode; else the agency's own: docs/decisions/0006-real-estate-area-comes-from-the-agency.md */
  areaCode: z
    .string()
    .regex(/^\d{6}$/)
    .nullable()
    .default(null),
  credentials: credentialsSchema,
  scope: z.enum(['current', 'current-and-history']).default('current'),
  missingListMeansEmpty: z.boolean().default(false), // a list absent beside a delivered one counts as empty
  mortgageAmountUnit: unitSchema, // 被担保主债权数额; `unknown` leaves securedAmount null
  transactionPriceUnit: unitSchema, // 房地产交易价格, 取得价格; as above
  rejectionTexts: z.array(z.string().min(1).max(200)).max(50).default([]), // a 2040 with one of them is `returned`
  idTypeCodes: z.partialRecord(identifierSchema.shape.type, codeSchema).default({
    'citizen-id': '1',
    'hk-macao-taiwan': '2',
    passport: '3',
    'household-book': '4',
    military: '5',
    'org-code': '6',
    'business-licence': '7',
    uscc: '8',
    other: '99',
  }),
  sealTypeCodes: z.record(codeSchema, sealKindSchema).default({
    '1': 'seizure',
    '2': 'waiting-seizure',
    '3': 'advance-seizure',
    '4': 'waiting-advance-seizure',
    '5': 'renewal',
  }),
};

/** Provincial sharing platform (省级共享平台), real-time query `sscx`: real-estate.md §2. Both paths are our choice. */
const provinceSchema = z.strictObject({
  wire: z.literal('province-json'),
  ...readingShape,
  tokenPath: pathSchema.default('/token'),
  tokenLifetimeSeconds: z.int().min(1).max(86_400).default(3_600), // [guess]: the platform says when it refuses it
  realTime: z.strictObject({
    path: pathSchema.default('/sscx'),
    askingBody: z.string().min(1).max(100), // cxjgbs
    openIdRef: secretRefSchema,
    nature: z.string().max(20).default('1'), // xz: a query
  }),
});

/** City registry platform (市级不动产登记平台): real-estate.md §3. The path is our choice. */
const citySchema = z.strictObject({
  wire: z.literal('city-rest'),
  ...readingShape,
  path: pathSchema.default('/query'),
  orgId: z.string().min(1).max(100), // number the city gave to the court
  pageSize: z.int().min(1).max(1_000).default(50),
  maxPages: z.int().min(1).max(1_000).default(200), // beyond them the answer is incomplete
  certificateTypes: z.array(codeSchema).max(20).default([]), // zslxList
  archiveFlag: z.string().max(20).default('0'), // dacxFlag
  text: z
    .strictObject({ empty: z.array(z.string().min(1)).min(1).max(20) })
    .default({ empty: ['查询当前项目信息为空'] }),
});

export const settingsSchema = z.discriminatedUnion('wire', [provinceSchema, citySchema]);
export type ProvinceSettings = z.infer<typeof provinceSchema>;
export type CitySettings = z.infer<typeof citySchema>;
export type ReadingSettings = Pick<
  z.infer<typeof settingsSchema>,
  'missingListMeansEmpty' | 'mortgageAmountUnit' | 'transactionPriceUnit' | 'sealTypeCodes'
>;
