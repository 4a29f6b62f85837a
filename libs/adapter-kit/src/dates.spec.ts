import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dateSchema, whenSchema } from '#contracts';
import { readDate, readWhen } from './dates.ts';

const codeOf = ({ warnings }: ReturnType<typeof readDate>) => warnings.map(({ code }) => code);

describe('a date of the wire', () => {
  it.each([
    ['2026-03-01', '2026-03-01'],
    ['2026/03/01', '2026-03-01'],
    ['2026/3/1', '2026-03-01'],
    ['20260301', '2026-03-01'],
    ['20260301102030', '2026-03-01'],
    ['2026-03-01 10:20:30', '2026-03-01'],
    ['2026/3/1 8:05', '2026-03-01'],
    ['2026年3月1日', '2026-03-01'],
    ['２０２６－０３－０１', '2026-03-01'],
    [' 2026-03-01 ', '2026-03-01'],
    ['2026-03-01T00:00:00+08:00', '2026-03-01'],
    ['2024-02-29', '2024-02-29'],
    ['9999-12-31', '9999-12-31'],
    ['2026-02-28T16:00:00Z', '2026-03-01'], // midnight here, written elsewhere
  ])('%s is %s', (text, expected) => {
    expect(readDate(text, 'KHRQ')).toEqual({ value: expected, warnings: [] });
  });

  it.each([null, undefined, '', ' ', '-', '--'])('%p says nothing, and is no reason to warn', (text) => {
    expect(readDate(text, 'KHRQ')).toEqual({ value: null, warnings: [] });
    expect(readWhen(text, 'KHRQ')).toEqual({ value: null, warnings: [] });
  });

  it.each([
    '2019-04-45',
    '2026-02-29',
    '2026/13/1',
    '20260230',
    '00000000',
    '0001-01-01',
    '2026-03-01 24:00:00',
    '2026-03-01 10:60',
    '2026-03-01T10:00:00+19:00',
  ])('%s is impossible', (text) => {
    expect(readWhen(text, 'DJJZRQ')).toEqual({
      value: null,
      warnings: [{ code: 'date-impossible', path: 'DJJZRQ', raw: text }],
    });
  });

  it.each([
    '冻结开始时间',
    '20181212/12',
    '2026-3',
    '2026-03/01',
    '2026030',
    'yesterday',
    '1772330400000',
    '2026-03-01T10:20:30 Europe/Paris',
  ])('%s cannot be parsed, and its text is kept', (text) => {
    expect(readDate(text, 'DJJZRQ')).toEqual({
      value: null,
      warnings: [{ code: 'date-unparseable', path: 'DJJZRQ', raw: text }],
    });
  });
});

describe('a moment of the wire', () => {
  it.each([
    ['2026/03/01 10:20:30', '2026-03-01T10:20:30+08:00'],
    ['20260301102030', '2026-03-01T10:20:30+08:00'],
    ['2026-03-01 10:20', '2026-03-01T10:20:00+08:00'],
    ['2026-3-1T1:2:3', '2026-03-01T01:02:03+08:00'],
    ['2026-03-01T10:20:30Z', '2026-03-01T10:20:30Z'],
    ['2026-03-01T10:20:30.500+0200', '2026-03-01T10:20:30.5+02:00'],
    ['2026-03-01', '2026-03-01'],
    ['2026-03-01 00:00:00', '2026-03-01'],
    ['20260301000000', '2026-03-01'],
    ['2026-03-01T16:00:00Z', '2026-03-02'],
    ['2026-03-01 23:59:59', '2026-03-01T23:59:59+08:00'],
  ])('%s is %s', (text, expected) => {
    expect(readWhen(text, 'FKSJ')).toEqual({ value: expected, warnings: [] });
  });

  it('takes local midnight written as 22:00Z for the day that begins there', () => {
    expect(readWhen('2026-03-01T22:00:00Z', 'date', '+02:00').value).toBe('2026-03-02');
    expect(readWhen('2026-03-01T22:00:00Z', 'date', '+08:00').value).toBe('2026-03-01T22:00:00Z');
  });

  it('reads any text as a date of the report or not at all, with a warning for what was said', () => {
    const texts = fc.string({ unit: fc.constantFrom(...Array.from('0123456789-/: TZ+年月日.冻')) });
    const shaped = fc
      .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
      .map(([y, m, d]) => `${String(y).padStart(4, '0')}-${m}-${d}`);
    fc.assert(
      fc.property(fc.oneof(texts, shaped), (text) => {
        const when = readWhen(text, 'x');
        const day = readDate(text, 'x');
        if (when.value !== null)
          expect([whenSchema.safeParse(when.value).success, dateSchema.safeParse(day.value).success]).toEqual([
            true,
            true,
          ]);
        else expect(codeOf(when)).toEqual(codeOf(day));
        expect(when.value === null ? when.warnings.length : 0).toBe(
          when.value === null && /[^\s\-—–－]/.test(text) ? 1 : 0,
        );
      }),
      { seed: 8601, numRuns: 2_000 },
    );
  });
});
