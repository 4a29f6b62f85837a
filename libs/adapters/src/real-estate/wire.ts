import { z } from 'zod';

/**
 * What travels, and only what we read. Field names are those of the provincial platform (real-estate.md §2); the city
 * sends the same lists [ours]. Names are read in any case (WIRE-10), numbers arrive as text (the kit's `parseJson`),
 * an empty text is "not said". Marked [ours]: what the document leaves open; README.md says it in words.
 */
const textSchema = z
  .string()
  .max(2_000)
  .nullish()
  .transform((text) => text?.normalize('NFC').trim() || null);

/** 0, "0" and "0000" are one code, because some senders declare an integer (WIRE-22). */
const codeSchema = z.string().transform((code) => (/^0+$/.test(code.trim()) ? '0000' : code.trim()));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys in lower case. Two keys that fall together leave the value as it was, and the schema refuses it. */
function foldKeys(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const folded = Object.fromEntries(Object.entries(value).map(([key, each]) => [key.toLowerCase(), each]));
  return Object.keys(folded).length === Object.keys(value).length ? folded : null;
}

/** Reads the named tags of a row as text and leaves all others alone. */
function rowSchema<const Tag extends string>(tags: readonly [Tag, ...Tag[]]) {
  const wanted: readonly string[] = tags;
  return z.preprocess(
    (value) => {
      const folded = foldKeys(value);
      if (!isRecord(folded)) return folded;
      return {
        tags: Object.fromEntries(Object.entries(folded).filter(([key]) => wanted.includes(key))),
        qlrlist: folded['qlrlist'],
      };
    },
    z.object({ tags: z.partialRecord(z.enum(tags), textSchema), qlrlist: z.array(z.unknown()).nullish() }),
  );
}

/** Tags that go into `extra` (report.md §7.3); none of them names a third party. */
export const extraTags = [
  ...(['xmmc', 'yhwzsm', 'yhlxa', 'yhlxb', 'hdmc', 'syjze', 'syjbzyj', 'syjjnqk', 'zhdm'] as const), // sea
  ...(['nydmj', 'gdmj', 'ldmj', 'cdmj', 'qtnydmj', 'jsydmj', 'wlydmj'] as const), // land
  ...(['gjzwlx', 'gjzwghyt', 'tdhysymj'] as const), // structures
  ...(['fbf', 'zysz', 'zs', 'lz', 'qy', 'zlnd', 'lb', 'xb', 'xdm'] as const), // forest: xb is 小班 here (WIRE-9)
  ...(['djlx', 'djyy', 'zddm'] as const),
] as const;

/** Contact data and third parties on a right: counted, then forgotten. */
export const unwantedRightTags = ['qlrdh', 'ywr', 'ywrzjzl', 'ywrzjh'] as const;
export const unwantedHolderTags = ['sshy', 'hjszss', 'xb', 'dh', 'dz', 'yb', 'gzdw', 'dzyj'] as const;
export const unwantedMortgageTags = ['dyqrzjlx', 'dyqrzjhm', 'dyqrlxfs'] as const;

/** A row of any list of rights; holders in `qlrList` [ours], or only their names in `gyr`. */
export const rightRowSchema = rowSchema([
  ...(['bdcdyh', 'fdzl', 'zl', 'hdwz', 'bdcqzh', 'qzysxlh', 'qxdm', 'dqdm', 'djjg'] as const),
  ...(['jzmj', 'zyjzmj', 'ftjzmj', 'zdmj', 'dytdmj', 'syqmj', 'gjzwmj', 'mjdw'] as const),
  ...(['ghyt', 'yt', 'hdyt', 'fwxz', 'qlxz', 'ldsyqxz', 'tdqlxz', 'fwjg', 'zcs', 'jgsj', 'ygdjzl'] as const),
  ...(['tdsyqssj', 'syqqssj', 'tdhysyqssj', 'ldsyqssj', 'tdsyjssj', 'syqjssj', 'tdhysyjssj', 'ldsyjssj'] as const),
  ...(['qszt', 'ywh', 'djsj', 'fdcjyjg', 'qdjg', 'jg', 'sfdy', 'sfcf', 'gyr', 'gyfs', 'beiz', 'bz'] as const),
  ...unwantedRightTags,
  ...extraTags,
]);
export type RightRow = z.infer<typeof rightRowSchema>;

/** One holder (权利人) of a right [ours]. */
export const holderRowSchema = rowSchema([
  ...(['qlrmc', 'qlrzjzl', 'qlrzjh', 'qlbl', 'gyfs', 'sxh', 'qlrlx', 'sfczr'] as const),
  ...unwantedHolderTags,
]);
export type HolderRow = z.infer<typeof holderRowSchema>;

export const mortgageRowSchema = rowSchema([
  ...(['bdcdyh', 'dyfs', 'dybdclx', 'dyqr', 'bdbzzqse', 'zgzqse', 'zwlxqssj', 'zwlxjssj'] as const),
  ...(['bdcdjzmh', 'djjg', 'ywh', 'djsj', 'qszt', 'zxsj'] as const),
  ...unwantedMortgageTags,
]);
export const sealRowSchema = rowSchema([
  ...(['bdcdyh', 'cfjg', 'cflx', 'cfwh', 'cfqssj', 'cfjssj', 'xh', 'cfywh', 'cfywbh', 'ywh'] as const),
  ...(['djsj', 'qszt', 'jfdjsj'] as const),
]);
/** Objection (异议登记): its fields are not public. */
export const objectionRowSchema = rowSchema(['bdcdyh', 'djjg', 'djsj', 'ywh', 'qszt']);
export type MortgageTags = z.infer<typeof mortgageRowSchema>['tags'];
export type SealTags = z.infer<typeof sealRowSchema>['tags'];
export type ObjectionTags = z.infer<typeof objectionRowSchema>['tags'];

/** The lists of one delivery by lower-case name. What is in them is read row by row. */
export const listsSchema = z.preprocess(foldKeys, z.record(z.string(), z.unknown()));
export type Lists = z.infer<typeof listsSchema>;

/** Province, every reply [ours]: the outer state first, `data` only when it is good. */
export const provinceReplySchema = z.object({
  head: z.object({ code: codeSchema, msg: textSchema }),
  data: z.unknown().optional(),
});
export const tokenDataSchema = z.object({ token: z.string().min(1).max(2_000) });
export const sscxDataSchema = z.object({
  cxsqdh: textSchema,
  cxsqjg: z.array(listsSchema).max(1_000), // one entry per writ (wsbh)
});

/** City [ours]: `success` is the wrapper; it may say "fail" while the code says good. */
export const cityReplySchema = z.object({
  success: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
  head: z.object({ returnCode: codeSchema, msg: textSchema, total: textSchema, size: textSchema, page: textSchema }),
  data: z.unknown().optional(),
});
export type CityReply = z.infer<typeof cityReplySchema>;
