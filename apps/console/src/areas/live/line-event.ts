import { reasons } from '#contracts';
import type { LineNews } from './line-now.ts';
import type { LinesTold } from './progress-state.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const numberOr = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/**
 * An event `line`: one line or several.
 *
 * @throws when it is not what we know; the page then reads the lines again instead of guessing
 */
export function readLineEvent(data: string): LinesTold {
  const value: unknown = JSON.parse(data);
  if (!isRecord(value) || typeof value['seq'] !== 'number') throw new TypeError('an event without its number');
  const many: readonly unknown[] = Array.isArray(value['lines']) ? value['lines'] : [value];
  return { seq: value['seq'], lines: many.map(lineOf) };
}

function lineOf(value: unknown): LinesTold['lines'][number] {
  if (!isRecord(value)) throw new TypeError('a line that is none');
  const { agencyId, category } = value;
  const verdict = verdictOf(value['verdict']);
  if (typeof agencyId !== 'string' || typeof category !== 'string' || verdict === null)
    throw new TypeError('a line without agency, category or verdict');
  return {
    ...{ agencyId, category, verdict },
    reason: reasons.find((reason) => reason === value['reason']) ?? null,
    assetCount: numberOr(value['assetCount']),
    answeredAt: textOr(value['answeredAt']),
  };
}

const verdictOf = (value: unknown): LineNews['verdict'] | null =>
  value === 'found' || value === 'nothing' || value === 'no-answer' || value === 'not-asked' ? value : null;
