import type { ProblemItem } from '#contracts';

/** One issue of a schema, as zod reports it through Standard Schema. Its words are not used: they may quote a value. */
export interface SchemaIssue {
  readonly code?: string | undefined;
  readonly path?: readonly unknown[] | undefined;
  readonly [more: string]: unknown;
}

export interface IssuePlace {
  /** A body is pointed into; a query has parameters. */
  readonly in: 'body' | 'query';
  readonly value: unknown;
}

const mostItems = 100;

/** All issues of a value as items of a problem: where, what, how to mend it; never the value itself. */
export function problemItems(issues: readonly SchemaIssue[], place: IssuePlace): ProblemItem[] {
  return issues.flatMap((issue) => itemsOf(issue, place)).slice(0, mostItems);
}

function itemsOf(issue: SchemaIssue, place: IssuePlace): ProblemItem[] {
  const path = (issue.path ?? []).map(keyOf);
  if (issue.code === 'unrecognized_keys') {
    return textsOf(issue['keys']).map((key) => ({
      ...placed([...path, key], place),
      code: 'unknown-field',
      detail: place.in === 'query' ? 'There is no such parameter.' : 'There is no such field.',
      fix: 'Remove it, or correct its spelling.',
    }));
  }
  const nearest = nearestForm(issue);
  if (nearest.length > 0)
    return nearest.flatMap((each) => itemsOf({ ...each, path: [...path, ...(each.path ?? [])] }, place));
  const isMissing = valueAt(place.value, path) === undefined;
  const what = isMissing ? missing : (whats[issue.code ?? ''] ?? whatever);
  return [{ ...placed(path, place), ...what(issue) }];
}

/** Of the forms of a union the one that fits deepest: what is wrong inside it helps more than "none fits". */
function nearestForm(issue: SchemaIssue): SchemaIssue[] {
  const forms =
    issue.code === 'invalid_union' && Array.isArray(issue['errors']) ? issue['errors'].filter(isIssues) : [];
  const depth = (issues: readonly SchemaIssue[]) => Math.max(0, ...issues.map(({ path }) => path?.length ?? 0));
  const [deepest] = forms.toSorted((one, other) => depth(other) - depth(one));
  return deepest && depth(deepest) > 0 ? deepest : [];
}

const isIssues = (value: unknown): value is SchemaIssue[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null && 'code' in each);

type What = (issue: SchemaIssue) => { readonly code: string; readonly detail: string; readonly fix: string };

const missing: What = (issue) => ({
  code: 'required',
  detail: 'The value is missing.',
  fix: `Add it${expectation(issue)}.`,
});
const whatever: What = () => ({
  code: 'invalid',
  detail: 'The value does not fit.',
  fix: 'See the schema of this request in the API documentation.',
});

const whats: Readonly<Record<string, What>> = {
  invalid_type: (issue) => ({
    code: 'wrong-type',
    detail: 'The value is of another type.',
    fix: `Give one of the right type${expectation(issue)}.`,
  }),
  invalid_value: (issue) => ({
    code: 'not-allowed-value',
    detail: 'The value is not one of those allowed.',
    fix: `Use one of: ${textsOf(issue['values']).slice(0, 40).join(', ')}.`,
  }),
  invalid_format: (issue) => ({
    code: 'wrong-form',
    detail: 'The text is not of the expected form.',
    fix: `Give ${forms[String(issue['format'])] ?? 'a text of the form that the API documentation shows'}.`,
  }),
  too_small: (issue) => ({
    code: 'too-small',
    detail: 'The value is too small or too short.',
    fix: `At least ${String(issue['minimum'])}.`,
  }),
  too_big: (issue) => ({
    code: 'too-big',
    detail: 'The value is too big or too long.',
    fix: `At most ${String(issue['maximum'])}.`,
  }),
  invalid_union: () => ({
    code: 'invalid',
    detail: 'The value has none of the forms allowed here.',
    fix: 'See the forms in the API documentation.',
  }),
};

const forms: Readonly<Record<string, string>> = {
  datetime: 'an instant with offset such as 2026-11-22T14:05:30+08:00',
  date: 'a date such as 2026-11-22',
  uuid: 'a UUID',
};

const expectation = (issue: SchemaIssue): string => {
  const expected = issue['expected'];
  return typeof expected === 'string' && /^[a-z]{1,20}$/.test(expected) ? ` (${expected})` : '';
};

/** A JSON Pointer (RFC 6901), or the name of a parameter. */
function placed(path: readonly string[], place: IssuePlace): Pick<ProblemItem, 'pointer' | 'parameter'> {
  const shown = path.map(shownKey);
  return place.in === 'query'
    ? { parameter: shown.join('.') }
    : { pointer: shown.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('') };
}

/** Keys are the caller's words: one that looks like more than a field's name is not repeated. */
const shownKey = (key: string): string => (/^[A-Za-z][\w.-]{0,39}$|^\d{1,5}$/.test(key) ? key : '?');

const keyOf = (segment: unknown): string =>
  typeof segment === 'object' && segment !== null && 'key' in segment ? String(segment.key) : String(segment);

const textsOf = (values: unknown): string[] => (Array.isArray(values) ? values.map(String) : []);

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = new Map<string, unknown>(Object.entries(at)).get(key);
  }
  return at;
}
