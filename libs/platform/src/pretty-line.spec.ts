import { describe, expect, it } from '@jest/globals';
import { prettyLine } from './pretty-line.ts';

describe('a pretty line', () => {
  it('shows time, level, event and fields', () => {
    const line = prettyLine(
      '{"level":"info","time":"2026-11-22T06:05:30.123Z","service":"x","version":"1","event":"a.seen","n":1}',
    );
    expect(line).toContain('06:05:30.123');
    expect(line).toContain('a.seen');
    expect(line).not.toContain('service');
  });

  it('leaves alone what is no line of the log', () => {
    expect(prettyLine('[1]')).toBe('[1]');
  });
});
