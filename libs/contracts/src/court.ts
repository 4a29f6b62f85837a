import { z } from 'zod';
import { textSchema } from './text.ts';

/** 基层, 中级, 高级, 最高人民法院; from the lowest to the highest. */
export const courtLevels = ['basic', 'intermediate', 'high', 'supreme'] as const;
export type CourtLevel = (typeof courtLevels)[number];

/** One court of `config/courts.yaml`. */
export const courtSchema = z.strictObject({
  code: z
    .string()
    .regex(/^[0-9A-Za-z-]{1,40}$/)
    .describe('as in the register of people and on cases'),
  nameZh: textSchema,
  nameEn: textSchema,
  level: z.enum(courtLevels),
  /** Code of the court above; null for the one at the top. */
  parent: z.string().nullable(),
  /** Cases that an officer of this court sees: all of the court, or only those assigned to them. */
  officersSee: z.enum(['court', 'assigned']).default('court'),
});
export type Court = z.infer<typeof courtSchema>;

/** The hierarchy of courts (审级), for reading. A code that is unknown has nobody above and nobody below. */
export interface CourtTree {
  find(code: string): Court | null;
  /** Codes of the courts above, the nearest first. */
  above(code: string): readonly string[];
  /** Codes of all courts below, at any depth. */
  below(code: string): readonly string[];
}

/** @param courts a sound tree, as the configuration guarantees; a cycle is cut where it closes */
export function courtTree(courts: readonly Court[]): CourtTree {
  const byCode = new Map(courts.map((court) => [court.code, court]));
  const above = (code: string): string[] => {
    const found: string[] = [];
    for (let at = byCode.get(code)?.parent ?? null; at !== null && !found.includes(at) && at !== code; ) {
      found.push(at);
      at = byCode.get(at)?.parent ?? null;
    }
    return found;
  };
  const belowEach = new Map<string, string[]>();
  for (const { code } of courts)
    for (const higher of above(code)) belowEach.set(higher, [...(belowEach.get(higher) ?? []), code]);
  return { find: (code) => byCode.get(code) ?? null, above, below: (code) => belowEach.get(code) ?? [] };
}
