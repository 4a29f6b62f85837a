import type { Category, CategoryCoverage, Debtor, Inquiry, Summary } from '#contracts';
import { compareCodePoints } from './code-points.ts';
import { chinaDay } from './moments.ts';

/** Parameters of one public court-side checker, not law (domain.md §10). */
const requiredCategories: readonly Category[] = [
  ...(['bank', 'securities', 'internet-bank', 'vehicle', 'real-estate', 'company-registry'] as const),
  'central-bank-index',
];
const windowMonths = 3;
const windowExtraDays = 1;
const exemptNames = ['村委会', '村民委员会', '居委会', '居民委员会', '村民小组', '业主委员会', '分公司'];

interface Ground {
  readonly inquiry: Inquiry;
  readonly byCategory: ReadonlyMap<Category, CategoryCoverage>;
  readonly isOpen: boolean;
  readonly simulated: boolean;
  readonly stateAt: string;
}

/**
 * The part of the terminal-procedure rules (终本) that one inquiry can speak to: `tp-02-network-query`. It says what this
 * inquiry shows at the state of the report, never that a case may be closed. `unknown` while answers are still awaited.
 */
export function coverageRulesOf(ground: Ground): Summary['coverageRules'] {
  const { inquiry, byCategory, isOpen, simulated, stateAt } = ground;
  const ruleId = 'tp-02-network-query';
  if (simulated) return [{ ruleId, result: 'unknown', evidence: ['simulated'] }];
  if (isExempt(inquiry.debtor)) return [{ ruleId, result: 'pass', evidence: ['exempt-name'] }];
  const states = requiredCategories.map((category) => stateOf(category, byCategory.get(category)));
  const isInWindow = inWindow(inquiry.requestedAt, stateAt);
  const evidence = [...states.map(({ text }) => text), ...(isInWindow ? [] : ['outside-window'])];
  return [{ ruleId, result: resultOf(states, isInWindow, isOpen), evidence: evidence.toSorted(compareCodePoints) }];
}

interface CategoryState {
  readonly text: string;
  readonly isAsked: boolean;
  readonly isAnswered: boolean;
}

function stateOf(category: Category, counts: CategoryCoverage | undefined): CategoryState {
  if (counts === undefined || counts.asked === 0)
    return { text: `${category} not-asked`, isAsked: false, isAnswered: false };
  const { answered, asked } = counts;
  return { text: `${category} ${answered}/${asked}`, isAsked: true, isAnswered: answered === asked };
}

function resultOf(states: readonly CategoryState[], isInWindow: boolean, isOpen: boolean): 'pass' | 'fail' | 'unknown' {
  if (!isInWindow || states.some(({ isAsked }) => !isAsked)) return 'fail';
  if (states.every(({ isAnswered }) => isAnswered)) return 'pass';
  return isOpen ? 'unknown' : 'fail';
}

/** Names of bodies without an organisation code of their own. */
const isExempt = ({ kind, name, ids }: Debtor): boolean =>
  kind !== 'natural' &&
  exemptNames.some((exempt) => name.includes(exempt)) &&
  ids.every(({ type, orgCode }) => type !== 'org-code' && type !== 'uscc' && orgCode === null);

/** Started no more than three months and a day before the state of the report. */
function inWindow(requestedAt: string, stateAt: string): boolean {
  const [year = 0, month = 0, day = 0] = chinaDay(requestedAt).split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + windowMonths, 0)).getUTCDate();
  const last = new Date(Date.UTC(year, month - 1 + windowMonths, Math.min(day, lastOfMonth) + windowExtraDays));
  return chinaDay(stateAt) <= last.toISOString().slice(0, 10);
}
