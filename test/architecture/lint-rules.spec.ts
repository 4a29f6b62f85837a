import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { lendPackages, makeSmallTree, repository, type SmallTree } from './small-tree.ts';

const lines = (count: number): string => Array.from({ length: count }, (_, at) => `void ${at};`).join('\n');
const promise = 'const later = Promise.resolve(1);\n';
const anything = 'declare const anything: any;\n';

/** One small wrong example for every rule that .oxlintrc.json switches on by name. */
const wrong: Readonly<Record<string, string>> = {
  'max-lines': `${lines(201)}\n`,
  'max-lines-per-function': `export const long = () => {\n${lines(41)}\n};`,
  'max-params': 'export const many = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d];',
  'no-console': "console.log('seen');",
  'no-restricted-properties': 'export const settings = process.env;',
  'no-restricted-imports': "import { env } from 'node:process';\nexport const settings = { ...env };",
  'typescript/consistent-type-assertions': 'export const sure = Number(1) as 1;',
  'typescript/no-non-null-assertion': 'export const first = [1].at(0)!;',
  'typescript/no-explicit-any': 'export const loose = (value: any) => String(value);',
  'typescript/no-unsafe-argument': `${anything}export const size = parseInt(anything, 10);`,
  'typescript/no-unsafe-assignment': `${anything}export const size: number = anything;`,
  'typescript/no-unsafe-call': `${anything}anything();`,
  'typescript/no-unsafe-member-access': `${anything}void anything.size;`,
  'typescript/no-unsafe-return': `${anything}export const size = (): number => anything;`,
  'typescript/no-unsafe-function-type': 'export type Callback = Function;',
  'typescript/ban-ts-comment': '// @ts-ignore\nexport const size: string = 1;',
  'typescript/no-namespace': 'export namespace Drawer { export const key = 1; }',
  'typescript/no-require-imports': "const fs = require('node:fs');\nvoid fs;",
  'typescript/switch-exhaustiveness-check':
    "export const say = (word: 'a' | 'b') => { switch (word) { case 'a': return 1; } return 0; };",
  'typescript/restrict-template-expressions': 'export const text = `${{ size: 1 }}`;',
  'typescript/no-deprecated': '/** @deprecated Gone. */\nconst old = () => 1;\nvoid old();',
  eqeqeq: 'export const same = (a: unknown, b: unknown) => a == b;',
  'no-var': 'var old = 1;\nvoid old;',
  'prefer-const': 'let still = 1;\nvoid still;',
  'no-empty': 'try { void 0; } catch { }',
  'no-throw-literal': "throw 'words';",
  'typescript/only-throw-error': 'const notice = { code: 1 };\nthrow notice;',
  'typescript/prefer-promise-reject-errors': "export const failed = Promise.reject('words');",
  'typescript/no-floating-promises': `${promise}later.then(String);`,
  'typescript/no-misused-promises': `${promise}export const ready = later ? 1 : 2;`,
  'typescript/await-thenable': 'export const one = await 1;',
  'typescript/return-await': `${promise}export const f = async () => { try { return later; } catch (e) { throw e; } };`,
  'typescript/use-unknown-in-catch-callback-variable': `${promise}void later.catch((e: Error) => e.name);`,
  'import/no-cycle': "import { egg } from './egg.ts';\nexport const chicken = () => egg();",
  'import/no-self-import':
    "import { me } from './import-no-self-import.ts';\nexport const me2 = me;\nexport const me = 1;",
  'import/no-default-export': 'export default 1;',
  'typescript/no-import-type-side-effects': "import { type Stats } from 'node:fs';\nexport type Size = Stats;",
  'unicorn/prefer-node-protocol': "import { statSync } from 'fs';\nvoid statSync;",
  'typescript/no-extraneous-class': 'export class Drawer { static key = 1; }',
};

/** The same for rules about tests. */
const wrongInSpecs: Readonly<Record<string, string>> = {
  'jest/no-focused-tests': "import { it } from '@jest/globals';\nit.only('runs alone', () => {});",
  'jest/valid-expect': "import { expect, it } from '@jest/globals';\nit('ends early', () => { expect(1); });",
};

const right = {
  'libs/queue/src/right.ts': "export const name = (id: string): string => ['inquiry', id].join('.');\n",
  'libs/platform/src/environment.ts': 'export const environment = { ...process.env };\n',
  'libs/queue/src/right.spec.ts': 'export const broken = Number(1) as 1;\n',
  'test/e2e/start.ts': 'export const inherited = { ...process.env };\n',
};

type Finding = { filename: string; code: string };

const lint = (tree: SmallTree): Map<string, string[]> => {
  lendPackages(tree);
  const printed = tree.run('oxlint/bin/oxlint', ['--format', 'json', 'libs', 'test']);
  const { diagnostics } = JSON.parse(printed) as { diagnostics: Finding[] };
  const found = new Map<string, string[]>();
  for (const { filename, code } of diagnostics) found.set(filename, [...(found.get(filename) ?? []), code]);
  return found;
};

/** `typescript/no-namespace` is printed as `typescript(no-namespace)`, `no-var` as `eslint(no-var)`. */
const codeOf = (rule: string): string => {
  const [plugin, name] = rule.includes('/') ? rule.split('/') : ['eslint', rule];
  return `${plugin}(${name})`;
};
const fileOf = (rule: string, suffix: string): string => `libs/queue/src/${rule.replace('/', '-')}${suffix}`;
const asFiles = (examples: Readonly<Record<string, string>>, suffix: string) =>
  Object.fromEntries(Object.entries(examples).map(([rule, text]) => [fileOf(rule, suffix), text]));

const copied = ['.oxlintrc.json', 'package.json', 'tsconfig.json'];

const namedRules = (): string[] => {
  const text = readFileSync(`${repository}.oxlintrc.json`, 'utf8');
  const { rules } = ts.parseConfigFileTextToJson('.oxlintrc.json', text).config as { rules: Record<string, unknown> };
  return Object.keys(rules).filter((rule) => rules[rule] !== 'off');
};

describe('the linter', () => {
  const trees: SmallTree[] = [];
  let found = new Map<string, string[]>();

  beforeAll(() => {
    const hen = {
      'libs/queue/src/egg.ts': "import { chicken } from './import-no-cycle.ts';\nexport const egg = () => chicken();",
    };
    const tree = makeSmallTree({ ...asFiles(wrong, '.ts'), ...asFiles(wrongInSpecs, '.spec.ts'), ...hen }, copied);
    trees.push(tree);
    found = lint(tree);
  });
  afterAll(() => {
    for (const tree of trees) tree.remove();
  });

  it.each(Object.keys(wrong))('sees the wrong example of %s', (rule) => {
    expect(found.get(fileOf(rule, '.ts'))).toContain(codeOf(rule));
  });

  it.each(Object.keys(wrongInSpecs))('sees the wrong example of %s', (rule) => {
    expect(found.get(fileOf(rule, '.spec.ts'))).toContain(codeOf(rule));
  });

  it('lets right examples pass, and tests and the home of the environment do what only they may', () => {
    const tree = makeSmallTree(right, copied);
    trees.push(tree);
    expect([...lint(tree)]).toEqual([]);
  });

  it('tries every rule that is in force by name', () => {
    const tried = [...Object.keys(wrong), ...Object.keys(wrongInSpecs)];
    expect(tried.toSorted()).toEqual(namedRules().toSorted());
  });
});
