import type { Sentence, Total } from '#contracts';
import { printedAmount } from './amounts.ts';
import { establishesAbsence, isFullCoverage } from './counts.ts';
import { notesOf, type NoteFigures } from './notes.ts';

/** Everything the sentence is made of: counts and totals, no line and no asset. */
export interface SentenceFigures extends NoteFigures {
  /** Not closed, and the deadline of the inquiry has not passed. */
  readonly isOpen: boolean;
  readonly totals: readonly Total[];
}

/**
 * The one sentence of an inquiry (domain.md §6.3, R11) for every surface: screen, paper, sheet, webhook, command line.
 * It ends with the suffixes that apply, because it always names its scope (C4); parts whose number is 0 are left out. The
 * words 无财产 without a number of agencies appear only when coverage establishes absence (C3).
 */
export function sentenceOf(figures: SentenceFigures): Sentence {
  const code = codeOf(figures);
  const words = wordings[code](figures);
  const notes = notesOf(figures);
  return {
    code,
    zh: [words.zh, ...notes.map(({ zh }) => zh)].join(''),
    en: [words.en, ...notes.map(({ en }) => en)].join(' '),
  };
}

function codeOf({ counts, isOpen }: SentenceFigures): Sentence['code'] {
  if (counts.asked === 0) return 'not-asked';
  if (isFullCoverage(counts)) {
    if (counts.found > 0) return 'found-full';
    return establishesAbsence(counts) ? 'nothing-full' : 'nothing-weak';
  }
  if (isOpen && counts.noAnswer > 0) return 'running';
  if (counts.found > 0) return 'found-partial';
  return counts.nothing > 0 ? 'nothing-partial' : 'none-answered';
}

interface Words {
  readonly zh: string;
  readonly en: string;
}

const wordings = {
  'not-asked': () => ({ zh: '本次未查询任何机构。', en: 'No agency was asked.' }),
  running: ({ counts: { asked, answered, found, nothing, noAnswer } }) => ({
    zh: `${asked} 家中 ${answered} 家已反馈${clause('：', partsZh(found, nothing))}；${noAnswer} 家尚未反馈。`,
    en: `${answered} of ${asked} agencies have answered${clause(': ', partsEn(found, nothing))}; ${noAnswer} ${have(noAnswer)} not answered yet.`,
  }),
  'found-full': ({ counts: { asked, found, nothing }, totals }) => ({
    zh: `${asked} 家均已反馈：${partsZh(found, nothing)}${clause('；已查明合计 ', sums(totals, '、'))}。`,
    en: `All ${asked} agencies answered: ${partsEn(found, nothing)}${clause('; total ', sums(totals, ', '))}.`,
  }),
  'found-partial': ({ counts: { asked, answered, found, noAnswer }, totals }) => ({
    zh: `${totals.length > 0 ? `已查明合计 ${sums(totals, '、')}` : `${found} 家查有财产`}（${answered}/${asked} 家已反馈${noAnswer > 0 ? `，${noAnswer} 家未反馈` : ''}）。`,
    en: `${totals.length > 0 ? `Established so far ${sums(totals, ', ')}` : `${found} found assets`} (${answered} of ${asked} answered${noAnswer > 0 ? `, ${noAnswer} did not` : ''}).`,
  }),
  'nothing-partial': ({ counts: { nothing, noAnswer } }) => ({
    zh: `已反馈的 ${nothing} 家均无财产；${noAnswer} 家未反馈，不能认定无财产。`,
    en: `The ${nothing} ${agencies(nothing)} that answered found nothing; ${noAnswer} did not answer, so absence is not established.`,
  }),
  'nothing-weak': ({ counts: { asked, weak } }) => ({
    zh: `${asked} 家均已反馈，未见财产；其中 ${weak} 家的反馈不足以认定无财产。`,
    en: `All ${asked} agencies answered and reported nothing; ${weak} of these answers ${weak === 1 ? 'does' : 'do'} not establish absence.`,
  }),
  'nothing-full': ({ counts: { asked } }) => ({
    zh: `${asked} 家均已反馈，无财产。`,
    en: `All ${asked} agencies answered: no assets.`,
  }),
  'none-answered': ({ counts: { asked } }) => ({
    zh: `${asked} 家均未反馈，不能认定有无财产。`,
    en: `None of ${asked} agencies answered; nothing can be said.`,
  }),
} satisfies Record<Sentence['code'], (figures: SentenceFigures) => Words>;

const clause = (lead: string, text: string): string => (text === '' ? '' : `${lead}${text}`);
const agencies = (count: number): string => (count === 1 ? 'agency' : 'agencies');
const have = (count: number): string => (count === 1 ? 'has' : 'have');

const partsZh = (found: number, nothing: number): string =>
  [found > 0 ? `${found} 家查有财产` : '', nothing > 0 ? `${nothing} 家无财产` : '']
    .filter((part) => part !== '')
    .join('，');
const partsEn = (found: number, nothing: number): string =>
  [found > 0 ? `${found} found assets` : '', nothing > 0 ? `${nothing} found nothing` : '']
    .filter((part) => part !== '')
    .join(', ');

/** Totals for people; each brings its own ≥ (C2). */
const sums = (totals: readonly Total[], separator: string): string =>
  totals
    .map(({ currency, balance, atLeast }) => `${atLeast ? '≥ ' : ''}${printedAmount(balance, currency)}`)
    .join(separator);
