import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Settings } from './environment.ts';
import { channelClocks } from './installation.ts';
import { loadInstallation } from './load-installation.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'chakong-config-'));
  for (const folder of ['channels', 'agencies', 'calendars']) await mkdir(join(dir, folder));
  await put('officers.yaml', '[]\n');
  await put('courts.yaml', '- { code: "1", nameZh: 一, nameEn: One, level: supreme, parent: null }\n');
  await put('agencies/all.csv', `${header}\nregistry.a,C1,甲,A,real-estate,,registry,,,1\n`);
  await put(
    'channels/registry.yaml',
    `${channel}service:\n  calendar: cn\n  windows: [{ from: "08:00", to: "17:00" }]\n`,
  );
  await put('calendars/cn.yaml', calendar);
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const header = 'agencyId,code,nameZh,nameEn,category,region,channelId,typicalMs,promisedMs,promisedWorkingDays';
const channel = 'channelId: registry\nnameZh: 登记\nnameEn: Registry\nadapter: real-estate\nmode: mailbox\n';
const calendar = `calendarId: cn
timeZone: Asia/Shanghai
years:
  - { year: 2026, source: test, holidays: ["2026-11-24"], workdays: ["2026-11-28"] }
`;
const put = (name: string, text: string) => writeFile(join(dir, name), text);
const load = () => loadInstallation({ configDir: dir, tokensFile: null, simulatorsAllowed: true } as Settings);
async function problems(): Promise<string[]> {
  const loaded = await load();
  return loaded.ok ? [] : loaded.problems.map(({ path, expected }) => `${path}: ${expected}`);
}

describe('an installation', () => {
  it('gives channels with service hours the clock of their calendar', async () => {
    const loaded = await load();
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const clock = channelClocks(loaded.values).get('registry');
    const open = ['2026-11-23', '2026-11-24', '2026-11-28', '2026-11-29'].filter((day) =>
      clock?.isOpen(new Date(`${day}T10:00:00+08:00`)),
    );
    expect(open).toEqual(['2026-11-23', '2026-11-28']);
  });

  it('is refused when a calendar is missing, or nothing counts the working days of a promise', async () => {
    await put(
      'channels/registry.yaml',
      `${channel}service: { calendar: xx, windows: [{ from: "08:00", to: "17:00" }] }\n`,
    );
    expect(await problems()).toEqual(['service.calendar: the id of a file in calendars/']);
    await put('channels/registry.yaml', channel);
    expect(await problems()).toEqual([
      'registry.a.promisedWorkingDays: a channel with service hours, by which working days are counted',
    ]);
  });

  it('names a zone that does not exist and a day that is none', async () => {
    await put(
      'calendars/cn.yaml',
      calendar.replace('Asia/Shanghai', 'Asia/Nowhere').replace('2026-11-24', '2026-11-44'),
    );
    const told = (await problems()).join('\n');
    expect(told).toContain('timeZone: ');
    expect(told).toContain('years[0].holidays[0]: a day such as 2026-11-22');
    expect(told).not.toContain('Nowhere');
  });

  it('knows two people apart by their subjects', async () => {
    const person = (userId: string, more = '') =>
      `- { userId: ${userId}, name: 甲, courtCode: "1", courtName: 一, roles: [officer]${more} }\n`;
    await put('officers.yaml', person('usr_a') + person('usr_b', ', subject: "17"'));
    expect(await problems()).toEqual(expect.not.arrayContaining([expect.stringContaining('subject')]));
    await put(
      'officers.yaml',
      person('usr_a') + person('usr_b', ', subject: usr_a') + person('usr_c', ', subject: "17"'),
    );
    expect(await problems()).toContain('usr_b.subject: a subject that nobody else has, also not as userId');
  });

  it('takes tokens of the demo in the demo only', async () => {
    const entry = { tokenId: 'tok_a', userId: 'usr_a', tokenHash: `sha256:${'0'.repeat(64)}`, demo: true };
    await put('officers.yaml', '- { userId: usr_a, name: 甲, courtCode: "1", courtName: 一, roles: [officer] }\n');
    await put('tokens.yaml', JSON.stringify([entry]));
    const tokensFile = join(dir, 'tokens.yaml');
    const loadIn = async (simulatorsAllowed: boolean) => {
      const loaded = await loadInstallation({ configDir: dir, tokensFile, simulatorsAllowed } as Settings);
      return loaded.ok ? [] : loaded.problems.map(({ path }) => path);
    };
    expect(await loadIn(true)).not.toContain('tok_a.demo');
    expect(await loadIn(false)).toContain('tok_a.demo');
  });

  it('needs no calendars where no channel has service hours', async () => {
    await rm(join(dir, 'calendars'), { recursive: true });
    await put('channels/registry.yaml', channel);
    await put('agencies/all.csv', `${header}\nregistry.a,C1,甲,A,real-estate,,registry,,60000,\n`);
    expect(await problems()).toEqual([]);
  });

  it('has the usual policy without a file, and names what does not fit where it stands', async () => {
    const loaded = await load();
    expect(loaded.ok && loaded.values.purposePolicy).toEqual({ everywhere: {}, courts: [] });
    await put('purpose-policy.yaml', 'everywhere:\n  mostDebtors: 0\n  mostDebtor: 3\n');
    const wrong = await load();
    expect(wrong.ok ? [] : wrong.problems.map(({ path, line }) => `${line} ${path}`)).toEqual([
      '2 everywhere.mostDebtors',
      '3 everywhere.mostDebtor',
    ]);
    await put('purpose-policy.yaml', 'courts: [{ courtCode: "1" }]\n');
    expect(await problems()).toEqual(['courts 1: a court of officers.yaml, each once']);
  });

  it('registers officers with agencies and channels that there are', async () => {
    const filed = (what: string) =>
      put(
        'officers.yaml',
        `- { userId: usr_a, name: 甲, courtCode: "1", courtName: 一, roles: [officer], registrations: [{ ${what}, from: "2026-01-01" }] }\n`,
      );
    await filed('agencyIds: [registry.a], channelIds: [registry], categories: [bank]');
    expect(await problems()).toEqual([]);
    await filed('agencyIds: [registry.b], channelIds: [bank]');
    expect((await problems()).map((each) => each.split(':')[0])).toEqual([
      'usr_a.registrations registry.b',
      'usr_a.registrations bank',
    ]);
    await filed('agencyIds: []');
    expect((await problems()).join()).toContain('registrations[0]');
  });
});
