import { reasons } from '#contracts';
import type { LineNews } from './line-now.ts';
import type { LinesTold } from './progress-state.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const numberOr = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** An event `line`: one line or several. Null: it is not what we know, and the page reads instead of guessing. */
export function readLineEvent(data: string): LinesTold | null {
  const value = jsonOf(data);
  if (!isRecord(value) || typeof value['seq'] !== 'number') return null;
  const many: readonly unknown[] = Array.isArray(value['lines']) ? value['lines'] : [value];
  const lines = many.flatMap((each) => {
    const line = lineOf(each);
    return line === null ? [] : [line];
  });
  return lines.length === many.length ? { seq: value['seq'], lines } : null;
}

function lineOf(value: unknown): LinesTold['lines'][number] | null {
  if (!isRecord(value)) return null;
  const { agencyId, category } = value;
  const verdict = verdictOf(value['verdict']);
  if (typeof agencyId !== 'string' || typeof category !== 'string' || verdict === null) return null;
  return {
    ...{ agencyId, category, verdict },
    reason: reasons.find((reason) => reason === value['reason']) ?? null,
    assetCount: numberOr(value['assetCount']),
    answeredAt: textOr(value['answeredAt']),
  };
}

const verdictOf = (value: unknown): LineNews['verdict'] | null =>
  value === 'found' || value === 'nothing' || value === 'no-answer' || value === 'not-asked' ? value : null;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
