import { describe, expect, it } from '@jest/globals';
import type { Counts, Sentence, Total } from '#contracts';
import { sentenceOf, type SentenceFigures } from './sentence.ts';

const total: Total = {
  currency: 'CNY',
  balance: '1234567.89',
  available: '0.00',
  alreadyFrozen: '0.00',
  atLeast: true,
};

const figures = (counts: Partial<Counts>, rest: Partial<SentenceFigures> = {}): SentenceFigures => {
  const { found = 0, nothing = 0, noAnswer = 0 } = counts;
  const answered = found + nothing;
  const sums = { answered, asked: answered + noAnswer, found, nothing, noAnswer, notAsked: 0, incomplete: 0, weak: 0 };
  return { counts: { ...sums, ...counts }, inReview: 0, notAdded: 0, late: 0, isOpen: false, totals: [], ...rest };
};
const exactly: Total = { ...total, atLeast: false };

describe('the sentence', () => {
  it.each<[Sentence['code'], SentenceFigures, string, string]>([
    ['not-asked', figures({}), '本次未查询任何机构。', 'No agency was asked.'],
    [
      'running',
      figures({ found: 5, nothing: 13, noAnswer: 13 }, { isOpen: true, totals: [total] }),
      '31 家中 18 家已反馈：5 家查有财产，13 家无财产；13 家尚未反馈。',
      '18 of 31 agencies have answered: 5 found assets, 13 found nothing; 13 have not answered yet.',
    ],
    [
      'running',
      figures({ noAnswer: 31 }, { isOpen: true }),
      '31 家中 0 家已反馈；31 家尚未反馈。',
      '0 of 31 agencies have answered; 31 have not answered yet.',
    ],
    [
      'found-full',
      figures({ found: 5, nothing: 26 }, { totals: [exactly] }),
      '31 家均已反馈：5 家查有财产，26 家无财产；已查明合计 ¥1,234,567.89。',
      'All 31 agencies answered: 5 found assets, 26 found nothing; total ¥1,234,567.89.',
    ],
    [
      'found-full',
      figures({ found: 2 }, { totals: [] }),
      '2 家均已反馈：2 家查有财产。',
      'All 2 agencies answered: 2 found assets.',
    ],
    [
      'found-partial',
      figures({ found: 5, nothing: 22, noAnswer: 4 }, { totals: [total] }),
      '已查明合计 ≥ ¥1,234,567.89（27/31 家已反馈，4 家未反馈）。',
      'Established so far ≥ ¥1,234,567.89 (27 of 31 answered, 4 did not).',
    ],
    [
      'found-partial',
      figures({ found: 2, nothing: 1, noAnswer: 1 }),
      '2 家查有财产（3/4 家已反馈，1 家未反馈）。',
      '2 found assets (3 of 4 answered, 1 did not).',
    ],
    [
      'found-partial',
      figures({ found: 1, nothing: 1, incomplete: 1 }, { totals: [total] }),
      '已查明合计 ≥ ¥1,234,567.89（2/2 家已反馈）。其中 1 家反馈不完整。',
      'Established so far ≥ ¥1,234,567.89 (2 of 2 answered). 1 of the answers is incomplete.',
    ],
    [
      'nothing-partial',
      figures({ nothing: 27, noAnswer: 4, weak: 27 }),
      '已反馈的 27 家均无财产；4 家未反馈，不能认定无财产。',
      'The 27 agencies that answered found nothing; 4 did not answer, so absence is not established.',
    ],
    [
      'nothing-weak',
      figures({ nothing: 31, weak: 2 }),
      '31 家均已反馈，未见财产；其中 2 家的反馈不足以认定无财产。',
      'All 31 agencies answered and reported nothing; 2 of these answers do not establish absence.',
    ],
    ['nothing-full', figures({ nothing: 31 }), '31 家均已反馈，无财产。', 'All 31 agencies answered: no assets.'],
    [
      'none-answered',
      figures({ noAnswer: 31 }),
      '31 家均未反馈，不能认定有无财产。',
      'None of 31 agencies answered; nothing can be said.',
    ],
  ])('of code %s says what the counts allow', (...[code, given, zh, en]) => {
    expect(sentenceOf(given)).toEqual({ code, zh, en });
  });

  it('is final as soon as coverage is full, even before the deadline', () => {
    expect(sentenceOf(figures({ nothing: 3 }, { isOpen: true })).code).toBe('nothing-full');
  });

  it('lists totals per currency, each with its own ≥', () => {
    const dollars = { ...exactly, currency: 'USD', balance: '7.00' };
    expect(sentenceOf(figures({ found: 1 }, { totals: [total, dollars] })).zh).toContain(
      '已查明合计 ≥ ¥1,234,567.89、USD 7.00。',
    );
  });

  it('ends with its scope, in this order (C4)', () => {
    const { zh, en } = sentenceOf(
      figures({ found: 2, noAnswer: 1, incomplete: 2, notAsked: 2 }, { inReview: 1, notAdded: 3 }),
    );
    expect(zh).toBe(
      '2 家查有财产（2/3 家已反馈，1 家未反馈）。其中 2 家反馈不完整。1 条财产待核实身份，未计入合计。另有 2 家不在本次查询范围。含 3 项外币或估值，未折算计入。',
    );
    expect(en).toBe(
      '2 found assets (2 of 3 answered, 1 did not). 2 of the answers are incomplete. 1 asset awaits identity review and is not in the total. 2 agencies were not asked. 3 items in foreign currency or valuations are not added.',
    );
  });
});

describe('lateness', () => {
  it('is the last suffix', () => {
    const { zh, en } = sentenceOf(figures({ nothing: 3, notAsked: 1 }, { late: 2 }));
    expect(zh.endsWith('另有 1 家不在本次查询范围。其中 2 家逾期后反馈。')).toBe(true);
    expect(en.endsWith('1 agency was not asked. 2 answered after the due time.')).toBe(true);
  });
});
