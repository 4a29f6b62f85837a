import { categorySchema, type Category } from '#contracts';
import type { Scenario } from '../world/scenario.ts';

/** What can be done to an exchange, whatever is asked (README.md "Faults"). */
export const faults = [
  'late',
  'hang',
  'reset',
  'down',
  '5xx',
  '429',
  'garbage',
  'truncated',
  'wrong-encoding',
  'wrong-identity',
  'wrong-request-number',
  'foreign-request-number',
  'slow-drip',
  'huge-body',
  'gzip-bomb',
  'html-login',
  'empty',
  'renamed-field',
  'error-envelope-empty-list',
  'agency-failure',
  'says-nothing',
  'repeat-answer',
  'repeat-storm',
  'changed-answer',
  'half-answer',
  'no-poll',
  'never',
  'lost-query',
  'expired',
  'bad-signature',
  'split-batch',
  'package-conflict',
  'part-left',
] as const;
export type Fault = (typeof faults)[number];

/** Faults that change what an agency says; all the others change how the bytes travel. */
export const scenarioOfFault: Partial<Record<Fault, Scenario>> = {
  'wrong-identity': 'other-person',
  'renamed-field': 'renamed-field',
  'error-envelope-empty-list': 'empty-list',
  'agency-failure': 'agency-failure',
  'says-nothing': 'failure-told-as-nothing',
  'half-answer': 'half-answer',
  'wrong-request-number': 'wrong-request-number',
  'foreign-request-number': 'foreign-request-number',
  'repeat-answer': 'repeat-answer',
  'changed-answer': 'changed-answer',
  never: 'never',
  'lost-query': 'lost-query',
  expired: 'expired',
  'bad-signature': 'bad-signature',
};

/** Who is hit: one agency, all of a category, or (`*`) everybody. */
export interface FaultRule {
  readonly agencyId: string | null;
  readonly category: Category | null;
  readonly fault: Fault;
  /** How many exchanges are hit; null: all until the rule is taken away. */
  readonly times: number | null;
  /** `late`: delay; `slow-drip`: time between two pieces; `429`: Retry-After; `hang`: until the connection is cut. */
  readonly afterMs: number | null;
}

export type FaultRulesReading =
  | { readonly outcome: 'read'; readonly rules: readonly FaultRule[] }
  | { readonly outcome: 'wrong'; readonly problems: readonly string[] };

const atMostRules = 10_000;

/** Reads the body of `PUT /__faults`; every problem is named by the place in the list. */
export function readFaultRules(value: unknown): FaultRulesReading {
  if (!Array.isArray(value)) return { outcome: 'wrong', problems: ['the body must be a list of faults'] };
  if (value.length > atMostRules) return { outcome: 'wrong', problems: [`at most ${atMostRules} faults`] };
  const read = value.map((row: unknown, place) => readRule(row, place));
  const problems = read.flatMap((each) => (typeof each === 'string' ? [each] : []));
  if (problems.length > 0) return { outcome: 'wrong', problems };
  return { outcome: 'read', rules: read.flatMap((each) => (typeof each === 'string' ? [] : [each])) };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const bounded = (value: unknown, most: number): number | null | 'wrong' => {
  if (value === undefined || value === null) return null;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most ? value : 'wrong';
};

function readRule(row: unknown, place: number): FaultRule | string {
  if (!isRecord(row)) return `${place}: not an object`;
  const fault = faults.find((each) => each === row['fault']);
  if (fault === undefined) return `${place}: unknown fault`;
  const times = bounded(row['times'], 1_000_000);
  if (times === 'wrong') return `${place}: times must be a whole number up to 1000000`;
  const afterMs = bounded(row['afterMs'], 3_600_000);
  if (afterMs === 'wrong') return `${place}: afterMs must be a whole number up to 3600000`;
  const { agencyId, category } = row;
  if (category !== undefined && category !== null) {
    const known = categorySchema.options.find((each) => each === category);
    return known === undefined
      ? `${place}: unknown category`
      : { agencyId: null, category: known, fault, times, afterMs };
  }
  if (typeof agencyId !== 'string') return `${place}: needs an agencyId, a category, or "*" as agencyId`;
  return { agencyId: agencyId === '*' ? null : agencyId, category: null, fault, times, afterMs };
}
