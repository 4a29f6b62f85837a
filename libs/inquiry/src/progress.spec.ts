import { describe, expect, it } from '@jest/globals';
import { rolledUp } from './counts.ts';
import { account, found, line, mergeInput, noAnswer, nothing, notAskedLine } from './made-up-answers.spec.ts';
import { mergeReport } from './merge.ts';
import { countProgress } from './progress.ts';

describe('progress', () => {
  const plan = [
    line('bank.a'),
    line('bank.b'),
    line('land.a', { category: 'real-estate' }),
    line('bank.c'),
    notAskedLine('bank.d'),
  ];

  it('counts whoever was not heard as no answer', () => {
    expect(countProgress(plan, new Map()).counts).toMatchObject({ asked: 4, answered: 0, noAnswer: 4, notAsked: 1 });
  });

  it('counts what the report counts', () => {
    const answers = [
      found({ agencyId: 'bank.a' }, [account()], { complete: false }),
      nothing({ agencyId: 'land.a', simulated: true }),
      noAnswer({ agencyId: 'bank.b' }, 'refused'),
    ];
    const { coverage } = mergeReport(mergeInput({ plan, answers }));
    const heard = new Map(
      coverage.lines.filter(({ answerId }) => answerId !== null).map((each) => [each.agencyId, each]),
    );
    const { counts, byCategory } = countProgress(plan, heard);
    expect(counts).toEqual(coverage.counts);
    expect(Object.fromEntries(byCategory)).toEqual(coverage.byCategory);
  });
});

describe('a roll-up (R4)', () => {
  it('is found, else no answer, else nothing; over nobody asked never nothing', () => {
    expect(rolledUp({ asked: 3, found: 1, noAnswer: 1 })).toBe('found');
    expect(rolledUp({ asked: 3, found: 0, noAnswer: 1 })).toBe('no-answer');
    expect(rolledUp({ asked: 3, found: 0, noAnswer: 0 })).toBe('nothing');
    expect(rolledUp({ asked: 0, found: 0, noAnswer: 0 })).toBe('not-asked');
  });
});
