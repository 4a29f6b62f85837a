import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
export type Path = readonly PropertyKey[];

/** What a schema says about one place, without the value that stands there. */
export type SchemaFault = {
  readonly path: Path;
  readonly expected: string;
  readonly fix: string;
  /** A key that nobody knows stands at `path`. */
  readonly isUnknownKey: boolean;
  /** The type that was wanted where another one stood: `number`, `string`, … */
  readonly wantedType: string | null;
};

/** Every fault behind a schema's issue: an unknown key each, and for a choice of forms those of the nearest form. */
export function faultsOf(issue: Issue, base: Path = []): readonly SchemaFault[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key]));
  if (issue.code === 'invalid_union') {
    const nearest = issue.errors.toSorted((a, b) => a.length - b.length)[0] ?? [];
    if (nearest.length > 0) return nearest.flatMap((inner) => faultsOf(inner, path));
  }
  const expected = expectedBy(issue);
  const wantedType = issue.code === 'invalid_type' ? issue.expected : null;
  const fix = wantedType === 'string' ? 'set it; put digits and dates in quotes' : 'correct the value';
  return [{ path, expected, fix, isUnknownKey: false, wantedType }];
}

function unknownKey(path: Path): SchemaFault {
  const fix = 'remove it or correct its spelling';
  return { path, expected: 'no such key here', fix, isUnknownKey: true, wantedType: null };
}

function expectedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return article(issue.expected);
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `at least ${String(issue.minimum)}${unitOf(issue.origin)}`;
    case 'too_big':
      return `at most ${String(issue.maximum)}${unitOf(issue.origin)}`;
    case 'invalid_format':
      return knownFormats[issue.format] ?? `text of the form ${issue.pattern ?? issue.format}`;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'custom':
      return issue.message; // written by ourselves, beside the schema
    default:
      return 'another form';
  }
}

/** Formats that people know by an example rather than by their pattern. */
const knownFormats: Readonly<Record<string, string>> = {
  date: 'a day such as 2026-11-22',
  datetime: 'a time with its offset, such as 2026-11-22T14:05:30+08:00',
};

function article(type: string): string {
  const words: Readonly<Record<string, string>> = {
    string: 'text',
    int: 'a whole number',
    array: 'a list',
    object: 'a group of keys',
  };
  return words[type] ?? `a ${type}`;
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' || origin === 'tuple' || origin === 'set' ? ' entries' : '';
}

/** `limits.deadlineMs`, `[2].code`. */
export function pathText(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
