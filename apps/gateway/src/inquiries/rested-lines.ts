import type { CoverageLine } from '#contracts';
import type { Settings } from '#platform';
import type { AskedAgain } from '#store';
import { ProblemError } from '../http/problem-error.ts';

export interface Rest {
  /** By agency: how often it was asked again in this inquiry, and when last. */
  readonly before: ReadonlyMap<string, AskedAgain>;
  readonly at: Date;
  readonly settings: Pick<Settings, 'requeryCooldownSeconds' | 'mostRequeries'>;
  /** The officer named the lines: what cannot be asked is said, not left out. */
  readonly isNamed: boolean;
}

/**
 * The lines that may be asked again now: not a moment after the last time, and not without end.
 * @throws ProblemError `cooldown` with `Retry-After`, or `state-conflict`
 */
export function restedLines(lines: readonly CoverageLine[], rest: Rest): CoverageLine[] {
  const judged = lines.map((line, index) => ({ line, index, ...judge(line, rest) }));
  const spent = judged.filter(({ isSpent }) => isSpent);
  if (rest.isNamed && spent.length > 0) {
    const errors = spent.slice(0, 100).map(({ index }) => ({
      pointer: `/lines/${index}`,
      code: 'requery-limit',
      detail: 'The line was asked again as often as it may be.',
      fix: 'Leave it out; write to the agency, or ask in a new inquiry.',
    }));
    throw new ProblemError('state-conflict', 'Some of the lines were asked too often.', { errors });
  }
  const cooling = judged.filter(({ isSpent, waitMs }) => !isSpent && waitMs > 0);
  const ready = judged.filter(({ isSpent, waitMs }) => !isSpent && waitMs === 0);
  if (cooling.length > 0 && (rest.isNamed || ready.length === 0)) throw tooSoon(cooling, rest.isNamed);
  return ready.map(({ line }) => line);
}

function judge({ agencyId }: CoverageLine, { before, at, settings }: Rest): { isSpent: boolean; waitMs: number } {
  const asked = before.get(agencyId);
  if (!asked) return { isSpent: false, waitMs: 0 };
  const freeAtMs = asked.lastAt.getTime() + settings.requeryCooldownSeconds * 1_000;
  return { isSpent: asked.times >= settings.mostRequeries, waitMs: Math.max(0, freeAtMs - at.getTime()) };
}

/** All named lines are free when the last one is; of the others the first one that is free may be asked. */
function tooSoon(cooling: readonly { index: number; waitMs: number }[], isNamed: boolean): ProblemError {
  const waits = cooling.map(({ waitMs }) => waitMs);
  const waitMs = waits.reduce((one, other) => (isNamed ? Math.max(one, other) : Math.min(one, other)));
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  const errors = cooling.slice(0, 100).map(({ index }) => ({
    pointer: isNamed ? `/lines/${index}` : '/lines',
    code: 'cooldown',
    detail: 'The line was asked again a moment ago.',
    fix: `Ask it again in ${seconds} s, or leave it out.`,
  }));
  return new ProblemError('cooldown', `The next re-query is possible in ${seconds} s.`, {
    errors: isNamed ? errors : errors.slice(0, 1),
    headers: { 'retry-after': String(seconds) },
  });
}
