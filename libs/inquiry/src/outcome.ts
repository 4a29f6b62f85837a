import type { Answer, CoverageLine, PlannedLine, Reason, Section } from '#contracts';
import type { Answered } from './merge-input.ts';
import { replacedFindings, type Standing } from './standing-answers.ts';
import { assetKeyOf } from './asset-key.ts';

/** What an asked line comes to, before the clock of the report is looked at. */
export interface Outcome {
  readonly verdict: 'found' | 'nothing' | 'no-answer';
  readonly reason: Reason | null; // with `no-answer`
  readonly answer: Answer | null; // null: nobody spoke
  readonly sections: readonly Section[];
  readonly complete: boolean | null; // null unless answered
  readonly provesAbsence: boolean;
  readonly assetCount: number | null; // accepted assets, each once; null unless answered
  readonly candidateCount: number;
  readonly simulated: boolean;
  readonly suspicious: CoverageLine['suspicious'];
}

/**
 * The verdict of one asked line. The only place of the product that says `nothing`, and it says so only after an agency
 * did (R2): whoever kept silent, failed, was cut short or sent nothing but a part is `no-answer`, and name-only hits
 * leave the question open (M1).
 */
export function outcomeOf(line: PlannedLine, standing: Standing): Outcome {
  const { main, transactions, noAnswer } = standing;
  if (main === null && transactions === null) return silent(noAnswer);
  const sections = sectionsOf(main, transactions);
  const failed = hasFailedSection(line, sections);
  const { accepted, candidates } = count(main, transactions);
  const simulated = [main, transactions].some((answer) => answer?.simulated === true);
  const said = {
    answer: main ?? transactions,
    sections,
    candidateCount: candidates,
    simulated,
    suspicious: 'none',
  } as const;
  if (accepted > 0) {
    const complete = main !== null && main.complete && !failed; // R1: presence is proved, whatever is missing
    return { ...said, verdict: 'found', reason: null, complete, provesAbsence: false, assetCount: accepted };
  }
  const open = { ...said, verdict: 'no-answer', complete: null, provesAbsence: false, assetCount: null } as const;
  if (candidates > 0) return { ...open, reason: 'ambiguous' };
  if (main?.verdict !== 'nothing') return main === null ? silent(noAnswer) : { ...open, reason: 'incomplete' };
  if (failed) return { ...open, reason: 'incomplete' };
  const provesAbsence = proves(line, main, sections) && replacedFindings(standing).length === 0;
  const suspicious = main.suspicion ?? 'none';
  return { ...said, verdict: 'nothing', reason: null, complete: true, provesAbsence, assetCount: 0, suspicious };
}

const silent = (noAnswer: Standing['noAnswer']): Outcome => ({
  verdict: 'no-answer',
  reason: noAnswer?.reason ?? 'pending',
  answer: noAnswer,
  sections: noAnswer?.sections ?? [],
  complete: null,
  provesAbsence: false,
  assetCount: null,
  candidateCount: 0,
  simulated: noAnswer?.simulated ?? false,
  suspicious: 'none',
});

const strongKeys: ReadonlySet<string> = new Set(['id18', 'uscc', 'org-code']);

/** domain.md §6.1. Sections an adapter does not name are covered by its `complete: true`. */
const proves = (line: PlannedLine, answer: Answered, sections: readonly Section[]): boolean =>
  line.nothingIsReliable &&
  !answer.simulated &&
  answer.suspicion === undefined &&
  answer.matchKeysSent.some((key) => strongKeys.has(key)) &&
  !sections.some(({ name, verdict }) => verdict === 'not-asked' && line.sections.includes(name));

const hasFailedSection = (line: PlannedLine, sections: readonly Section[]): boolean =>
  sections.some(({ name, verdict }) => verdict === 'no-answer' && line.sections.includes(name));

function sectionsOf(main: Answered | null, transactions: Answered | null): readonly Section[] {
  if (main === null || transactions === null) return (main ?? transactions)?.sections ?? [];
  const byName = new Map(main.sections.map((section) => [section.name, section]));
  for (const section of transactions.sections) {
    const before = byName.get(section.name);
    if (before === undefined || before.verdict === 'no-answer') byName.set(section.name, section);
  }
  return [...byName.values()];
}

function count(main: Answered | null, transactions: Answered | null): { accepted: number; candidates: number } {
  const assets = [...(main?.assets ?? []), ...(transactions?.assets ?? [])];
  if (assets.length === 0) return { accepted: 0, candidates: 0 };
  const accepted = assets.filter(({ match }) => match.confidence !== 'name-only');
  const keys = accepted.map(assetKeyOf);
  const named = new Set(keys.filter((key) => key !== null));
  const unnamed = keys.filter((key) => key === null).length;
  return { accepted: named.size + unnamed, candidates: assets.length - accepted.length };
}

/** Whether a line is answered at all. */
export const isAnswered = ({ verdict }: Pick<CoverageLine, 'verdict'>): boolean =>
  verdict === 'found' || verdict === 'nothing';
