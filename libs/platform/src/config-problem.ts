/** One thing that is wrong in a configuration file. Says where and what, never the value. */
export type ConfigProblem = {
  readonly file: string;
  /** From 1; null when the file itself is the matter. */
  readonly line: number | null;
  /** From 1: the character in YAML, the field in CSV. */
  readonly column: number | null;
  /** The key, such as `limits.deadlineMs`; empty when it is about the whole file. */
  readonly path: string;
  readonly expected: string;
  readonly fix: string;
};

/** What was read, or everything that is wrong with it. Never half of it. */
export type Loaded<T> =
  | { readonly ok: true; readonly values: T }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** One entry and where it stands. */
export type Entry<T> = { readonly value: T; readonly file: string; readonly line: number; readonly column: number };
/** What one or several files gave: entries that can be read beside problems of those that cannot. */
export type Gathered<T> = { readonly entries: readonly Entry<T>[]; readonly problems: readonly ConfigProblem[] };

/** A page of problems is enough to mend; the rest comes with the next start. */
const maxProblems = 200;

/** A file or folder that cannot be read at all. */
export function unreadable(file: string, what: 'file' | 'folder', code: string): ConfigProblem {
  const fix = `make the ${what} readable, or point the setting to another one (${code})`;
  return { file, line: null, column: null, path: '', expected: `a ${what} that can be read`, fix };
}

/** Puts together what several files gave, and adds a problem for every id that occurs twice. */
export function joinEntries<T>(parts: readonly Gathered<T>[], idOf: (value: T) => string): Loaded<readonly T[]> {
  const entries = parts.flatMap((part) => part.entries);
  return finish(
    entries.map(({ value }) => value),
    [...parts.flatMap((part) => part.problems), ...duplicates(entries, idOf)],
  );
}

function duplicates<T>(entries: readonly Entry<T>[], idOf: (value: T) => string): readonly ConfigProblem[] {
  const first = new Map<string, Entry<T>>();
  return entries.flatMap((entry) => {
    const id = idOf(entry.value);
    const earlier = first.get(id);
    if (!earlier) {
      first.set(id, entry);
      return [];
    }
    const { file, line, column } = entry;
    const expected = `an id of its own; ${id} stands in ${earlier.file}:${earlier.line} already`;
    return [{ file, line, column, path: id, expected, fix: 'remove one of the two, or give it another id' }];
  });
}

/** The values when there is no problem; else the problems, in the order of the files, at most a page of them. */
export function finish<T>(values: T, problems: readonly ConfigProblem[]): Loaded<T> {
  if (problems.length === 0) return { ok: true, values };
  const sorted = problems.toSorted(
    (a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  const left = sorted.length - maxProblems;
  return { ok: false, problems: left > 0 ? [...sorted.slice(0, maxProblems), andMore(sorted, left)] : sorted };
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function andMore(sorted: readonly ConfigProblem[], left: number): ConfigProblem {
  const file = sorted[maxProblems]?.file ?? '';
  const fix = 'mend the ones above first, then start again';
  return { file, line: null, column: null, path: '', expected: `${left} more problems`, fix };
}

/** One line for a terminal: `config/channels/a.yaml:3:7 limits.deadlineMs: expected …; …`. */
export function describeConfigProblem({ file, line, column, path, expected, fix }: ConfigProblem): string {
  const where = [file, line, column].filter((part) => part !== null).join(':');
  return `${where}${path === '' ? '' : ` ${path}`}: expected ${expected}; ${fix}`;
}
