export { countLines, establishesAbsence, isFullCoverage, rolledUp, type CountedLine } from './counts.ts';
export { wordsOfLine, type Words } from './line-words.ts';
export { mergeReport } from './merge.ts';
export type { MergeInput } from './merge-input.ts';
export { planInquiry, type PlanInput } from './plan.ts';
export { countProgress, type LineProgress } from './progress.ts';
export { guardPurpose, type MissingItem, type PurposeToCheck } from './purpose-guard.ts';
export { sentenceOf, type SentenceFigures } from './sentence.ts';
export { contradictionsIn, type Contradiction } from './standing-answers.ts';
