import { identifierSchema, plateClasses, reasonSchema, secretRefSchema } from '#contracts';
import { z } from 'zod';

/** Parameters of `queryObjectOut` in the order of the newest release: the number differs per release (vehicle.md §1). */
export const parameterNames = [
  'xtlb',
  'jkxlh',
  'jkid',
  'cjsqbh',
  'yhbz',
  'dwmc',
  'dwjgdm',
  'yhxm',
  'zdbs',
  'UTF8XmlDoc',
] as const;

const text = z.string().max(200).default('');
const code = z.string().min(1).max(20);

/** What an undeclared code may be declared to mean: something the bureau can say, not what our side finds out. */
const declaredReasonSchema = reasonSchema.extract([
  'unavailable',
  'throttled',
  'unauthorized',
  'refused',
  'returned',
  'ambiguous',
  'outside-hours',
  'unintelligible',
]);

/** A vehicle bureau's out-access service over SOAP. Folders (`in`, `out`) come with a batch mode. */
export const settingsSchema = z.strictObject({
  transport: z.literal('soap').default('soap'),
  serviceName: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9]*$/)
    .max(60)
    .default('TmriOutNewAccess'),
  path: z
    .string()
    .regex(/^\/[A-Za-z0-9._/-]*$/)
    .max(200)
    .nullable()
    .default(null), // null: /services/<serviceName>
  parameters: z
    .array(z.enum(parameterNames))
    .min(1)
    .default([...parameterNames])
    .refine((names) => new Set(names).size === names.length, 'a parameter is named twice')
    .refine((names) => names.includes('UTF8XmlDoc') && names.includes('jkid'), 'jkid and UTF8XmlDoc are needed'),
  callerSerialRef: secretRefSchema, // jkxlh
  caller: z
    .strictObject({
      unitName: text, // dwmc
      unitCode: text, // dwjgdm
      userName: text, // yhxm
      userMark: text, // yhbz
      applicationNo: text, // cjsqbh
      terminal: text, // zdbs
    })
    .prefault({}),
  system: code.default('01'), // xtlb: registration
  interfaces: z
    .strictObject({
      vehicle: code.default('01C21'), // jkid of the basic query
      seals: code.nullable().default(null), // jkid of the seal read; null: seals are not asked
    })
    .prefault({}),
  maxSealCalls: z.int().min(1).max(1_000).default(100), // one call per vehicle; the others stay without seals
  searchBy: z.literal('owner').default('owner'), // [guess] that the service takes an owner as a condition
  ownerIdTypeLetters: z
    .partialRecord(identifierSchema.shape.type, code)
    .default({ 'citizen-id': 'A', 'org-code': 'B', uscc: 'B', military: 'C' }),
  plateClassCodes: z.record(code, z.enum(plateClasses)).default({
    '01': 'large',
    '02': 'small',
    '15': 'trailer',
    '22': 'temporary',
    '51': 'new-energy-large', // [guess]
    '52': 'new-energy-small', // [guess]
  }),
  mortgageTag: z
    .string()
    .regex(/^[a-z0-9]+$/)
    .max(30)
    .nullable()
    .default(null), // 1 or 0; its name differs per release
  declaredEncoding: z.enum(['GBK', 'utf-8']).default('GBK'), // what the XML declaration says
  contentEncoding: z.enum(['url-utf8', 'url-gbk', 'plain']).default('url-utf8'), // what is really inside
  emptyBodyMeansNothing: z.boolean().default(false), // code 1 without rownum and rows
  codeReasons: z.record(code, declaredReasonSchema).default({}),
  credentialTexts: z.array(z.string().min(1).max(200)).max(50).default([]),
});
export type VehicleSettings = z.infer<typeof settingsSchema>;
