import { join } from 'node:path';
import {
  type Court,
  courtLevels,
  courtSchema,
  registeredOfficerSchema,
  type RegisteredOfficer,
  rolesThatClash,
} from '#contracts';
import { type ConfigProblem, type Entry, finish, type Gathered, joinEntries, type Loaded } from './config-problem.ts';
import { gatherYamlFile } from './yaml.ts';

export type CourtsAndPeople = { readonly courts: readonly Court[]; readonly officers: readonly RegisteredOfficer[] };

/**
 * `courts.yaml` and `officers.yaml`: the courts are one tree, and everybody's court is in it. A configuration without
 * people of a court needs no courts.
 */
export async function loadCourtsAndPeople(configDir: string): Promise<Loaded<CourtsAndPeople>> {
  const courtsFile = join(configDir, 'courts.yaml');
  const [read, people] = await Promise.all([
    gatherYamlFile(courtsFile, courtSchema),
    gatherYamlFile(join(configDir, 'officers.yaml'), registeredOfficerSchema),
  ]);
  const isMissing = read.problems.some(({ file, line }) => file === courtsFile && line === null);
  const courts: Gathered<Court> = isMissing && !people.entries.some(needsCourt) ? { entries: [], problems: [] } : read;
  const [all, everybody] = [joinEntries([courts], ({ code }) => code), joinEntries([people], ({ userId }) => userId)];
  const problems = [
    ...(all.ok ? treeProblems(courts.entries) : all.problems),
    ...(everybody.ok ? [] : everybody.problems),
    ...people.entries.flatMap(clashes),
    ...(all.ok ? strayPeople(people.entries, new Set(all.values.map(({ code }) => code)), courtsFile) : []),
  ];
  if (!all.ok || !everybody.ok) return finish({ courts: [], officers: [] }, problems);
  return finish({ courts: all.values, officers: everybody.values }, problems);
}

/** A clerk works at the office of an agency; everybody else at a court. */
const needsCourt = ({ value: { roles } }: Entry<RegisteredOfficer>): boolean => roles.some((role) => role !== 'clerk');

const at = (entry: Entry<unknown>, path: string, more: { readonly expected: string; readonly fix: string }) => {
  const { file, line, column } = entry;
  return { file, line, column, path, ...more };
};

function strayPeople(
  people: readonly Entry<RegisteredOfficer>[],
  codes: ReadonlySet<string>,
  courtsFile: string,
): ConfigProblem[] {
  return people
    .filter((entry) => needsCourt(entry) && !codes.has(entry.value.courtCode))
    .map((entry) =>
      at(entry, `${entry.value.userId}.courtCode`, {
        expected: 'the code of a court in courts.yaml',
        fix: `add the court to ${courtsFile} or correct the code`,
      }),
    );
}

const clashes = (entry: Entry<RegisteredOfficer>): ConfigProblem[] =>
  rolesThatClash(entry.value.roles).map((why) =>
    at(entry, `${entry.value.userId}.roles`, {
      expected: `roles that one person can hold; ${why}`,
      fix: 'give the role to another person',
    }),
  );

function treeProblems(courts: readonly Entry<Court>[]): ConfigProblem[] {
  const byCode = new Map(courts.map((entry) => [entry.value.code, entry.value]));
  return [...rootProblems(courts), ...courts.flatMap((entry) => parentProblems(entry, byCode))];
}

function rootProblems(courts: readonly Entry<Court>[]): ConfigProblem[] {
  const [, ...more] = courts.filter(({ value }) => value.parent === null);
  return more.map((entry) =>
    at(entry, `${entry.value.code}.parent`, {
      expected: 'one court without a parent in the whole file',
      fix: 'name the court above this one',
    }),
  );
}

/** Levels rise with every step up, so a chain of parents that rises cannot come back to where it began. */
function parentProblems(entry: Entry<Court>, byCode: ReadonlyMap<string, Court>): ConfigProblem[] {
  const { code, parent, level } = entry.value;
  if (parent === null) return [];
  const above = byCode.get(parent);
  if (!above)
    return [
      at(entry, `${code}.parent`, {
        expected: 'the code of a court in this file',
        fix: 'add that court or correct the code',
      }),
    ];
  const wanted = courtLevels[courtLevels.indexOf(level) + 1];
  if (above.level === wanted) return [];
  return [
    at(entry, `${code}.level`, {
      expected: `a level just below that of ${parent}, which is ${above.level}`,
      fix: wanted === undefined ? 'a supreme court has no parent' : `give it a parent of the level ${wanted}`,
    }),
  ];
}
