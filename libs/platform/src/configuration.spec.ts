import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { agencySchema, channelConfigSchema } from '#contracts';
import { describeConfigProblem, type Loaded } from './config-problem.ts';
import { loadAgencies, loadChannels } from './configuration.ts';
import { loadYamlFile } from './yaml.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), `chakong-config-${process.pid}-`));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
}

function problemsOf(loaded: Loaded<unknown>): string[] {
  return loaded.ok ? [] : loaded.problems.map((problem) => describeConfigProblem(problem).replaceAll(`${folder}/`, ''));
}

const channel = (id: string, more = '') =>
  `channelId: ${id}\nnameZh: 示例\nnameEn: Sample\nadapter: sample-hub\nmode: call\nsettings:\n  key: { secret: bank-key }\n${more}`;

describe('channels', () => {
  it('are read from a file each', async () => {
    await put('bank.b.yaml', channel('bank.b'));
    await put('bank.a.yaml', channel('bank.a', 'limits:\n  deadlineMs: 500\n'));
    await put('note.txt', 'not a channel');
    const loaded = await loadChannels(folder, channelConfigSchema);
    expect(loaded.ok && loaded.values.map(({ channelId, limits }) => [channelId, limits.deadlineMs])).toEqual([
      ['bank.a', 500],
      ['bank.b', 10_000],
    ]);
  });

  it('show all their problems at once, with line and column', async () => {
    await put(
      'bank.a.yaml',
      channel('bank.a', 'limits:\n  deadlineMs: soon\n  conkurrency: 3\nbreaker: { volumeThreshold: 1 }\n'),
    );
    await put('bank.b.yaml', 'channelId: bank.b\nmode: shout\n');
    const problems = problemsOf(await loadChannels(folder, channelConfigSchema));
    expect(problems).toContain('bank.a.yaml:9:15 limits.deadlineMs: expected a number; correct the value');
    expect(problems).toContain(
      'bank.a.yaml:10:3 limits.conkurrency: expected no such key here; remove it or correct its spelling',
    );
    expect(problems).toContain('bank.a.yaml:11:29 breaker.volumeThreshold: expected at least 5; correct the value');
    expect(problems).toContain(
      'bank.b.yaml:2:7 mode: expected one of call, ticket, mailbox, batch, manual; correct the value',
    );
    expect(problems.some((each) => each.startsWith('bank.b.yaml:1:1 nameZh: expected text'))).toBe(true);
    expect(problems.join()).not.toMatch(/soon|shout/);
  });

  it('hold no secret, only its name', async () => {
    await put('bank.a.yaml', channel('bank.a', '').replace('{ secret: bank-key }', '{ apiKey: canary }'));
    const problems = problemsOf(await loadChannels(folder, channelConfigSchema));
    expect(problems).toEqual([
      expect.stringMatching(/^bank\.a\.yaml:7:10 settings\.key\.apiKey: expected a reference/),
    ]);
    expect(problems.join()).not.toContain('canary');
  });

  it('are named once, by their file', async () => {
    await put('bank.a.yaml', channel('bank.a'));
    await put('bank.b.yaml', channel('bank.a'));
    expect(problemsOf(await loadChannels(folder, channelConfigSchema))).toEqual([
      expect.stringContaining('bank.b.yaml:1:1 channelId: expected a file named bank.a.yaml'),
      expect.stringContaining(
        'bank.b.yaml:1:1 bank.a: expected an id of its own; bank.a stands in bank.a.yaml:1 already',
      ),
    ]);
  });

  it('do not exist without their folder', async () => {
    const loaded = await loadChannels(join(folder, 'none'), channelConfigSchema);
    expect(problemsOf(loaded)).toEqual([
      'none: expected a folder that can be read; make the folder readable, or point the setting to another one (ENOENT)',
    ]);
  });
});

describe('YAML', () => {
  const schema = z.strictObject({ a: z.string(), b: z.strictObject({ c: z.int() }).optional() });
  const read = async (text: string) => {
    await put('x.yaml', text);
    return loadYamlFile(join(folder, 'x.yaml'), schema);
  };

  it.each([
    ['a key twice', 'a: x\na: y\n', 'x.yaml:2:1: expected each key once'],
    ['a broken line', 'a: "x\n', 'x.yaml:2:1: expected well-formed YAML'],
    ['two documents', 'a: x\n---\na: y\n', 'x.yaml:2:1: expected one document'],
    ['a reference', 'a: &x canary\nb: { c: *x }\n', 'x.yaml: expected no references'],
    ['an unknown tag', 'a: !canary x\n', 'x.yaml:1:4: expected well-formed YAML'],
    ['digits where text is wanted', 'a: 0102\n', 'x.yaml:1:4 a: expected text; set it; put digits and dates in quotes'],
    ['nothing', '', 'x.yaml:1:1: expected a group of keys'],
    ['a deep mistake', 'a: x\nb:\n  c: 1.5\n', 'x.yaml:3:6 b.c: expected a whole number'],
    ['a plain secret', 'a: x\nb:\n  token: canary\n', 'x.yaml:3:3 b.token: expected a reference'],
  ])('is refused with %s, at its place', async (_, text, start) => {
    const problems = problemsOf(await read(text));
    expect(problems.some((problem) => problem.startsWith(start)) || problems).toBe(true);
    expect(problems.join()).not.toContain('canary x');
  });

  it('is read as JSON too', async () => {
    expect(await read('{"a": "x", "b": {"c": 1}}')).toEqual({ ok: true, values: { a: 'x', b: { c: 1 } } });
  });
});

const header = 'agencyId,code,nameZh,nameEn,category,region,channelId,typicalMs,promisedMs';

describe('agencies', () => {
  it('are rows of CSV and entries of YAML', async () => {
    await put(
      'a.csv',
      `\uFEFF# invented\n${header}\nbank.a,0102,"示例,银行",Sample,bank,,bank.x,900,86400000\n\nbank.b,007,示例,Sample,bank,110000,,,\n`,
    );
    await put(
      'b.yaml',
      '- { agencyId: bank.c, code: "1", nameZh: 示, nameEn: S, category: bank, region: null, channelId: null, typicalMs: null, promisedMs: null }\n',
    );
    const loaded = await loadAgencies(folder, agencySchema);
    expect(problemsOf(loaded)).toEqual([]);
    expect(loaded.ok && loaded.values).toEqual([
      {
        agencyId: 'bank.a',
        code: '0102',
        nameZh: '示例,银行',
        nameEn: 'Sample',
        category: 'bank',
        region: null,
        channelId: 'bank.x',
        typicalMs: 900,
        promisedMs: 86_400_000,
      },
      {
        agencyId: 'bank.b',
        code: '007',
        nameZh: '示例',
        nameEn: 'Sample',
        category: 'bank',
        region: '110000',
        channelId: null,
        typicalMs: null,
        promisedMs: null,
      },
      expect.objectContaining({ agencyId: 'bank.c', code: '1' }),
    ]);
  });

  it('show all their problems at once, with line and field', async () => {
    const rows = [
      'bank.a,1,示,S,bank,,x,soon,1',
      'bank.b,1,示,S,bank,,x,1',
      'bank.c,,示,S,bank,12,x,1,0',
      'bank.d,1,示,S,bank,,x,1,1',
      'bank.d,1,示,S,bank,,x,1,1',
    ];
    await put('a.csv', `${header}\n${rows.join('\n')}\n`);
    const problems = problemsOf(await loadAgencies(folder, agencySchema));
    expect(problems.map((problem) => problem.split(' expected')[0])).toEqual([
      'a.csv:2:8 typicalMs:',
      'a.csv:3:8:',
      'a.csv:4:2 code:',
      'a.csv:4:6 region:',
      'a.csv:4:9 promisedMs:',
      'a.csv:6:1 bank.d:',
    ]);
    expect(problems.join()).not.toContain('soon');
  });

  it('show a wrong column once, not in every row', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => `bank.n${index},1,示,S,bank,,x,1,1`);
    await put('a.csv', `${header.replace('promisedMs', 'promised')}\n${rows.join('\n')}\n`);
    expect(problemsOf(await loadAgencies(folder, agencySchema)).toSorted()).toEqual([
      expect.stringContaining('a.csv:1 promisedMs: expected a column of this name'),
      expect.stringContaining('a.csv:1:9 promised: expected no such key here'),
    ]);
  });

  it.each([
    ['an empty file', '', 'expected a row with the names of the columns'],
    ['an open quote', `${header}\nbank.a,"1,示,S,bank,,x,1,1\n`, 'expected well-formed CSV'],
    ['a column twice', 'agencyId,agencyId\nbank.a,bank.a\n', 'expected each column once'],
  ])('are refused from %s', async (_, text, words) => {
    await put('a.csv', text);
    expect(problemsOf(await loadAgencies(folder, agencySchema)).join()).toContain(words);
  });

  it('show a page of problems, and how many more there are', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => `bank.n${index},1,示,S,bank,12,x,1,1`);
    await put('a.csv', `${header}\n${rows.join('\n')}\n`);
    const problems = problemsOf(await loadAgencies(folder, agencySchema));
    expect(problems).toHaveLength(201);
    expect(problems.at(-1)).toContain('100 more problems');
  });

  it('do not exist without their folder, which is one problem', async () => {
    expect(problemsOf(await loadAgencies(join(folder, 'none'), agencySchema))).toHaveLength(1);
  });
});
