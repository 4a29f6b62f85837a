export { agencyMatrix } from './agency-matrix.ts';
export { emptyHistory, historyOf, joinHistories } from './agency-history.ts';
export { askingOfLine, askingSentence, type AskingLine } from './asking.ts';
export { agenciesUndecided, compareReports } from './compare/compare-reports.ts';
export { assetTransitionWords, changeWords, lineTransitionWords, signalWords } from './compare/change-words.ts';
export { creditorNotice } from './compare/creditor-notice.ts';
export { scheduleDays } from './schedule-days.ts';
export { countLines, establishesAbsence, isFullCoverage, rolledUp, type CountedLine } from './counts.ts';
export { driftsOf, saysNothingToEverybody } from './drift.ts';
export { wordsOfLine, type Words } from './line-words.ts';
export { readManualForm, saidOfStatement, type ManualReading } from './manual-answer.ts';
export { mergeReport } from './merge.ts';
export type { MergeInput } from './merge-input.ts';
export { numbersFor, type ToNumber } from './new-numbers.ts';
export { planInquiry, type PlanInput } from './plan.ts';
export { promisedTimes, type Promising } from './promised-time.ts';
export { countProgress, type LineProgress } from './progress.ts';
export { type AskingToCheck, waivedBy } from './asking-rules.ts';
export type { MissingItem } from './missing-item.ts';
export { mayBecome } from './case-state.ts';
export { guardPurpose, type PurposeToCheck, stateItems } from './purpose-guard.ts';
export {
  approvalCausesOf,
  emergencyBar,
  type EmergencyBar,
  rulesOfCourt,
} from './purpose-policy.ts';
export { sentenceOf, type SentenceFigures } from './sentence.ts';
export { contradictionsIn, type Contradiction } from './standing-answers.ts';
export { isRegisteredWith } from './registrations.ts';
export { causeOfVersion, newContradictions } from './version-cause.ts';
export { sameSurname } from './same-surname.ts';
export { findAnomalies, type AnomalyThresholds, type Looked } from './anomalies.ts';
export { maskReport } from './mask-report.ts';
export type { DocumentCell, DocumentModel, DocumentTable } from './document/document-model.ts';
export { documentOf } from './document/document-of.ts';
