import { describe, expect, it } from '@jest/globals';
import { type ConfigProblem, describeConfigProblem, finish, joinEntries } from './config-problem.ts';

const problem = (file: string, line: number | null): ConfigProblem => ({
  file,
  line,
  column: line,
  path: 'a',
  expected: 'text',
  fix: 'set it',
});

describe('problems of the configuration', () => {
  it('are listed in the order of files and lines', () => {
    const finished = finish([], [problem('b', 1), problem('a', 10), problem('a', 9), problem('a', null)]);
    expect(!finished.ok && finished.problems.map((each) => describeConfigProblem(each))).toEqual([
      'a a: expected text; set it',
      'a:9:9 a: expected text; set it',
      'a:10:10 a: expected text; set it',
      'b:1:1 a: expected text; set it',
    ]);
  });

  it('name an id that occurs twice, and where it stood first', () => {
    const entries = ['x', 'y', 'x'].map((value, index) => ({ value, file: 'a', line: index + 1, column: 1 }));
    const joined = joinEntries([{ entries, problems: [] }], (value) => value);
    expect(!joined.ok && joined.problems.map(({ line, expected }) => [line, expected])).toEqual([
      [3, 'an id of its own; x stands in a:1 already'],
    ]);
  });
});
