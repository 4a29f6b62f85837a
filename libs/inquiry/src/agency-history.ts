import type { AgencyHistory, Answer } from '#contracts';

/** How many of the newest answers are remembered one by one. */
const recentAnswers = 20;
/** Names beyond this are not counted: a history stays small whatever an agency sends. */
const mostNames = 300;
const longestCode = 80;
const mostCodes = 60;

export const emptyHistory: AgencyHistory = {
  answers: 0,
  unread: 0,
  found: { seen: 0, missing: 0 },
  answered: 0,
  fields: {},
  kinds: {},
  codes: {},
  recent: [],
};

export const unreadCode = 'unintelligible';

/**
 * The history that one answer makes alone: what it had, by name. Null: nothing about the agency can be learnt from it,
 * because it did not speak, or only told a further part.
 */
export function historyOf(answer: Answer): AgencyHistory | null {
  if (answer.verdict === 'no-answer') {
    if (answer.reason !== 'unintelligible') return null;
    return { ...emptyHistory, answers: 1, unread: 1, recent: [[unreadCode]] };
  }
  if (answer.part !== 'main') return null;
  const codes = codesOf(answer);
  const { kinds, fields } = fieldsOf(answer);
  const isFound = answer.verdict === 'found';
  return {
    answers: 1,
    unread: 0,
    answered: 1,
    found: { seen: isFound ? 1 : 0, missing: isFound ? 0 : 1 },
    fields: Object.fromEntries([...fields].map((name) => [name, { seen: 1, missing: 0 }])),
    kinds: Object.fromEntries([...kinds].map((name) => [name, 1])),
    codes: Object.fromEntries(codes.map((code) => [code, 1])),
    recent: [codes],
  };
}

type Answered = Exclude<Answer, { verdict: 'no-answer' }>;

function codesOf({ assets, sections, dropped }: Answered): string[] {
  const codes = [
    ...assets.flatMap(({ warnings }) => warnings.map(({ code }) => `warning ${code}`)),
    ...sections.map(({ name, verdict }) => `section ${name} ${verdict}`),
    ...Object.entries(dropped).flatMap(([kind, count]) => (count > 0 ? [`dropped ${kind}`] : [])),
  ];
  return [...new Set(codes.map((code) => code.slice(0, longestCode)))].slice(0, mostCodes);
}

/** A field is filled when any asset of its kind has it: neither null nor an empty list. */
function fieldsOf({ assets }: Answered): { readonly kinds: Set<string>; readonly fields: Set<string> } {
  const kinds = new Set<string>();
  const fields = new Set<string>();
  for (const asset of assets) {
    kinds.add(asset.kind);
    for (const [name, value] of Object.entries(asset)) {
      if (name !== 'kind' && isFilled(value)) fields.add(`${asset.kind}.${name}`);
    }
  }
  return { kinds, fields };
}

const isFilled = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);

/** What came first, and then what came later. Associative: it does not matter who counted what, only in which order. */
export function joinHistories(first: AgencyHistory, later: AgencyHistory): AgencyHistory {
  const names = keysOf(first.fields, later.fields);
  const fields = names.map((name) => [name, joinField(name, first, later)] as const);
  return {
    answers: first.answers + later.answers,
    unread: first.unread + later.unread,
    answered: first.answered + later.answered,
    found: joinTallies(first.found, later.found, later.found.missing),
    fields: Object.fromEntries(fields),
    kinds: added(first.kinds, later.kinds),
    codes: added(first.codes, later.codes),
    recent: [...first.recent, ...later.recent].slice(-recentAnswers),
  };
}

type Tally = AgencyHistory['found'];
const unseen: Tally = { seen: 0, missing: 0 };

const joinTallies = (first: Tally, later: Tally, missingLater: number): Tally => ({
  seen: first.seen + later.seen,
  missing: later.seen > 0 ? missingLater : first.missing + missingLater,
});

/** In a history that never had the field, every answer with its kind of asset lacked it. */
function joinField(name: string, first: AgencyHistory, later: AgencyHistory): Tally {
  const [kind = ''] = name.split('.', 1);
  const before = first.fields[name] ?? { ...unseen, missing: first.kinds[kind] ?? 0 };
  const after = later.fields[name] ?? { ...unseen, missing: later.kinds[kind] ?? 0 };
  return joinTallies(before, after, after.missing);
}

function added(
  first: Readonly<Record<string, number>>,
  later: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(keysOf(first, later).map((name) => [name, (first[name] ?? 0) + (later[name] ?? 0)]));
}

const keysOf = (first: object, later: object): string[] =>
  [...new Set([...Object.keys(first), ...Object.keys(later)])].slice(0, mostNames);
