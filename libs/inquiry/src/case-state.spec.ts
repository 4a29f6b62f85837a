import { describe, expect, it } from '@jest/globals';
import { caseStates } from '#contracts';
import fc from 'fast-check';
import { mayBecome, stateAllows } from './case-state.ts';

const purposes = ['execution', 'preservation', 'post-termination-requery', 'resumption'] as const;
const allowedIn = (origin: 'officer' | 'clue') =>
  Object.fromEntries(
    caseStates.map((state) => [state, purposes.filter((purpose) => stateAllows({ purpose, state, origin }))]),
  );

describe('the state of a case', () => {
  it('allows these purposes and no other (G9)', () => {
    const always = {
      'in-progress': ['execution', 'preservation'],
      suspended: [],
      terminated: ['post-termination-requery'],
      resumed: ['execution', 'resumption'],
      concluded: [],
    };
    expect(allowedIn('officer')).toEqual(always);
    expect(allowedIn('clue')).toEqual({ ...always, terminated: ['post-termination-requery', 'resumption'] });
  });

  it('never leaves concluded, never comes back to in-progress, never stays', () => {
    const state = fc.constantFrom(...caseStates);
    fc.assert(
      fc.property(state, state, (from, to) => {
        if (from === 'concluded' || to === 'in-progress' || from === to) expect(mayBecome(from, to)).toBe(false);
      }),
    );
    expect(caseStates.filter((to) => mayBecome('terminated', to))).toEqual(['resumed', 'concluded']);
  });
});
