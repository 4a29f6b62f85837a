import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadCourtsAndPeople } from './court-configuration.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'chakong-courts-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const court = (code: string, level: string, parent: string | null) =>
  `- { code: "${code}", nameZh: 院, nameEn: Court, level: ${level}, parent: ${parent === null ? 'null' : `"${parent}"`} }\n`;
const person = (userId: string, courtCode = '4', roles = 'officer') =>
  `- { userId: ${userId}, name: 赵执, courtCode: "${courtCode}", courtName: 院, roles: [${roles}] }\n`;
const tree = [
  court('1', 'supreme', null),
  court('2', 'high', '1'),
  court('3', 'intermediate', '2'),
  court('4', 'basic', '3'),
];

async function load(courts: string | null, people: string) {
  if (courts !== null) await writeFile(join(dir, 'courts.yaml'), courts);
  await writeFile(join(dir, 'officers.yaml'), people);
  return loadCourtsAndPeople(dir);
}
async function problems(courts: string | null, people = '[]\n'): Promise<string[]> {
  const loaded = await load(courts, people);
  if (loaded.ok) return [];
  return loaded.problems.map(
    ({ file, line, column, path, expected }) => `${file.slice(dir.length + 1)}:${line}:${column} ${path}: ${expected}`,
  );
}

describe('courts and people', () => {
  it('are a tree, and everybody belongs to one of its courts', async () => {
    const loaded = await load(tree.join(''), person('usr_a') + person('usr_b', '2', 'approver, officer'));
    expect(loaded.ok && loaded.values.courts.map(({ code, officersSee }) => `${code} ${officersSee}`)).toEqual([
      '1 court',
      '2 court',
      '3 court',
      '4 court',
    ]);
    expect(loaded.ok && loaded.values.officers.map(({ userId }) => userId)).toEqual(['usr_a', 'usr_b']);
  });

  it('are refused with two tops, a stranger above, a wrong level, a cycle and a code that stands twice, all at once', async () => {
    const wrong = [
      ...tree,
      court('5', 'basic', null),
      court('6', 'basic', '99'),
      court('7', 'basic', '2'),
      court('8', 'intermediate', '9'),
      court('9', 'intermediate', '8'),
    ].join('');
    expect(await problems(wrong)).toEqual([
      'courts.yaml:5:3 5.parent: one court without a parent in the whole file',
      'courts.yaml:6:3 6.parent: the code of a court in this file',
      'courts.yaml:7:3 7.level: a level just below that of 2, which is high',
      'courts.yaml:8:3 8.level: a level just below that of 9, which is intermediate',
      'courts.yaml:9:3 9.level: a level just below that of 8, which is intermediate',
    ]);
    expect(await problems(tree.join('') + court('4', 'basic', '3'))).toEqual([
      expect.stringContaining('courts.yaml:5:3 4: expected an id of its own'.replace('expected ', '')),
    ]);
  });

  it('names whoever has no court of the tree, roles that clash, and people that stand twice', async () => {
    const people = person('usr_a', '77') + person('usr_b', '4', 'officer, auditor') + person('usr_c') + person('usr_c');
    expect(await problems(tree.join(''), people)).toEqual([
      'officers.yaml:1:3 usr_a.courtCode: the code of a court in courts.yaml',
      expect.stringContaining('officers.yaml:2:3 usr_b.roles: roles that one person can hold; auditor stands alone'),
      expect.stringContaining('officers.yaml:4:3 usr_c: an id of its own'),
    ]);
  });

  it('need no file of courts where nobody works at one', async () => {
    expect(await problems(null, person('usr_li', 'x', 'clerk'))).toEqual([]);
    expect(await problems(null, person('usr_a'))).toEqual(['courts.yaml:null:null : a file that can be read']);
  });
});
