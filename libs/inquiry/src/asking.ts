import type { CoverageLine, ReportBody, Sentence } from '#contracts';
import { countLate } from './late.ts';
import { wordsOfLine, type Words } from './line-words.ts';
import { sentenceOf } from './sentence.ts';

/** A coverage line without what was found. `candidateCount` null: withheld, which is not none. */
export type AskingLine = Omit<CoverageLine, 'candidateCount'> & {
  readonly candidateCount: null;
  readonly words: Words;
};

const foundWords: Words = { zh: '查有财产（内容不予显示）', en: 'Assets found (details withheld)' };
const ambiguousWords: Words = { zh: '身份待核实（内容不予显示）', en: 'Identity to be confirmed (details withheld)' };

/**
 * What somebody reads of a line who may know of the asking, but not of the payload: who was asked, when, and whether and
 * how they answered. Numbers of assets, an agency's own words and the contact it named are left out.
 */
export function askingOfLine(line: CoverageLine, at: string): AskingLine {
  const asking: CoverageLine = {
    ...line,
    ...{ reasonText: null, contactName: null, contactPhone: null },
    ...{ assetCount: null, dropped: null, rawMessageHash: null },
  };
  return { ...asking, candidateCount: null, words: wordsFor(asking, at) };
}

/** Words that count nothing where the number is withheld: a number that is not shown must not read as 0. */
function wordsFor(line: CoverageLine, at: string): Words {
  if (line.verdict === 'found') return foundWords;
  return line.reason === 'ambiguous' ? ambiguousWords : wordsOfLine(line, at);
}

/** The sentence of an inquiry from counts of agencies alone: no sum, and nothing about single assets. */
export function askingSentence({ coverage, summary }: Pick<ReportBody, 'coverage' | 'summary'>): Sentence {
  const { counts, lines } = coverage;
  const isOpen = summary.sentence.code === 'running';
  return sentenceOf({ counts, isOpen, totals: [], inReview: 0, notAdded: 0, late: countLate(lines) });
}
