import type { CoverageLine } from '#contracts';
import type { AskedAgain } from '#store';
import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '../http/problem-error.ts';
import { restedLines } from './rested-lines.ts';

const at = new Date('2026-11-20T10:00:00Z');
const line = (agencyId: string) => ({ agencyId }) as CoverageLine;
const asked = (secondsAgo: number, times = 1): AskedAgain => ({
  times,
  automatic: 0,
  lastAt: new Date(at.getTime() - secondsAgo * 1_000),
});
const rested = (before: Record<string, AskedAgain>, isNamed: boolean): string[] | ProblemError => {
  const settings = { requeryCooldownSeconds: 60, mostRequeries: 3 };
  const rest = { before: new Map(Object.entries(before)), at, settings, isNamed };
  try {
    return restedLines([line('a.one'), line('a.two')], rest).map(({ agencyId }) => agencyId);
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
};

describe('lines that may be asked again', () => {
  it('are those that never were, or rested long enough', () => {
    expect(rested({}, true)).toEqual(['a.one', 'a.two']);
    expect(rested({ 'a.one': asked(60), 'a.two': asked(61) }, true)).toEqual(['a.one', 'a.two']);
  });

  it('leave out the others unless they were named', () => {
    expect(rested({ 'a.one': asked(10) }, false)).toEqual(['a.two']);
    expect(rested({ 'a.one': asked(10) }, true)).toMatchObject({
      code: 'cooldown',
      headers: { 'retry-after': '50' },
      errors: [{ pointer: '/lines/0' }],
    });
    expect(rested({ 'a.one': asked(1_000, 3) }, false)).toEqual(['a.two']);
    expect(rested({ 'a.two': asked(1_000, 3) }, true)).toMatchObject({
      code: 'state-conflict',
      errors: [{ pointer: '/lines/1', code: 'requery-limit' }],
    });
  });

  it('name when the first is free, or for named ones when the last is', () => {
    const both = { 'a.one': asked(10), 'a.two': asked(40) };
    expect(rested(both, false)).toMatchObject({ code: 'cooldown', headers: { 'retry-after': '20' } });
    expect(rested(both, true)).toMatchObject({ code: 'cooldown', headers: { 'retry-after': '50' } });
    expect(rested({ 'a.one': asked(1_000, 3), 'a.two': asked(1_000, 3) }, false)).toEqual([]);
  });
});
