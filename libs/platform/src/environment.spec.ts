import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Environment, readEnvironment, secretVariables, type TextsByVariable, variables } from './environment.ts';

const demo = { CHAKONG_PROFILE: 'demo' };

function settingsOf(read: Environment) {
  if (!read.ok) throw new Error(`refused: ${read.problems.map(({ key }) => key).join(' ')}`);
  return read.settings;
}

function problemKeys(source: TextsByVariable) {
  const read = readEnvironment(source);
  return read.ok ? [] : read.problems.map(({ key }) => key);
}

describe('the environment', () => {
  it('gives every setting its default in the demo', () => {
    const settings = settingsOf(readEnvironment(demo));
    expect(settings).toMatchObject({
      profile: 'demo',
      databaseUrl: null,
      queueUrl: null,
      port: 7300,
      host: '127.0.0.1',
      channels: null,
      timeZone: 'Asia/Shanghai',
      shardSize: 100,
      settleMs: 60_000,
      publicUrl: 'http://localhost:7300',
      logPretty: null,
      simulatorsAllowed: true,
      embeddedDatabaseAllowed: true,
    });
    expect(settings.rateLimits['default']).toEqual({ quota: 600, windowSeconds: 60 });
  });

  it('gives every setting a variable, and every variable a name of its own', () => {
    const names = variables().map(([, { name }]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^(?:CHAKONG_[A-Z_]+|DATABASE_URL|QUEUE_URL|PORT|CHANNELS)$/.test(name))).toEqual(
      [],
    );
  });

  it('is frozen', () => {
    const settings = settingsOf(readEnvironment({ ...demo, CHANNELS: 'a,b' }));
    expect(Object.isFrozen(settings)).toBe(true);
    expect(Object.isFrozen(settings.channels)).toBe(true);
    expect(Object.isFrozen(settings.rateLimits)).toBe(true);
  });

  it('takes a flag before the environment, the environment before an app, an app before the default', () => {
    const read = readEnvironment(
      { PORT: '1', CHAKONG_DOORS_PORT: '2' },
      { PORT: '3' },
      { ...demo, PORT: '4', CHAKONG_METRICS_PORT: '5' },
    );
    expect(settingsOf(read)).toMatchObject({ port: 3, doorsPort: 2, metricsPort: 5, simulatorPort: 7400 });
    expect(read.ok && read.origins['port']).toEqual({ from: 'flag', where: 'PORT' });
    expect(read.ok && read.origins['doorsPort']).toEqual({ from: 'environment', where: 'CHAKONG_DOORS_PORT' });
  });

  it('takes an empty variable for unset', () => {
    expect(settingsOf(readEnvironment({ ...demo, QUEUE_URL: '', PORT: '', CHANNELS: '' }))).toMatchObject({
      queueUrl: null,
      port: 7300,
      channels: null,
    });
  });

  it.each([
    ['redis://localhost:6379'],
    ['rediss://user:pass@cache.example:6380/1'],
    ['redis+sentinel://:pass@a:26379,b:26379/master/0'],
    ['redis+cluster://a:6379,b:6379'],
  ])('reads the queue at %s', (url) => {
    expect(settingsOf(readEnvironment({ ...demo, QUEUE_URL: url, CHAKONG_CONTROL_URL: url })).queueUrl).toBe(url);
  });

  it('reads lists, yes and no, and rate limits', () => {
    const settings = settingsOf(
      readEnvironment({
        ...demo,
        CHANNELS: 'bank.a, bank-b,bank.a',
        CHAKONG_LOG_PRETTY: 'true',
        CHAKONG_RATE_LIMITS: 'search=5/10',
      }),
    );
    expect(settings.channels).toEqual(['bank.a', 'bank-b']);
    expect(settings.logPretty).toBe(true);
    expect(settings.rateLimits).toMatchObject({ search: { quota: 5, windowSeconds: 10 }, 'sign-in': { quota: 10 } });
  });

  it('names all problems at once, and never a value', () => {
    const wrong = {
      ...demo,
      DATABASE_URL: 'mysql://canary:canary@host/db',
      QUEUE_URL: 'canary',
      PORT: '70000',
      CHAKONG_SHARD_SIZE: '251',
      CHAKONG_TIME_ZONE: 'Canary/Island',
      CHAKONG_LOG_PRETTY: 'canary',
      CHANNELS: 'Canary!',
      CHAKONG_RATE_LIMITS: 'canary=1/1',
      CHAKONG_HOST: 'canary:1',
    };
    const read = readEnvironment(wrong);
    expect(problemKeys(wrong).toSorted()).toEqual(
      Object.keys(wrong)
        .filter((name) => name !== 'CHAKONG_PROFILE')
        .toSorted(),
    );
    expect(JSON.stringify(read)).not.toMatch(/canary|70000|251"/i);
    expect(!read.ok && read.problems.find(({ key }) => key === 'PORT')).toEqual({
      key: 'PORT',
      expected: 'a whole number from 0 to 65535',
      from: 'environment PORT',
      fix: 'set PORT in the environment, or unset it for the default',
    });
  });

  it.each([['1.5'], ['-1'], ['1e3'], ['0x10'], [' 8']])('takes no %j for a whole number', (text) => {
    expect(problemKeys({ ...demo, CHAKONG_WORKER_CONCURRENCY: text })).toEqual(['CHAKONG_WORKER_CONCURRENCY']);
  });

  it('names CHAKONG_ variables that mean nothing here', () => {
    const read = readEnvironment({
      ...demo,
      CHAKONG_SHARDSIZE: '1',
      CHAKONG_SECRET_A: 'x',
      CHAKONG_URL: 'x',
      DATABASE_URL_FILE: '',
    });
    expect(read.ok && read.unknown).toEqual(['CHAKONG_SHARDSIZE']);
  });
});

describe('the production profile', () => {
  it('is what runs unless something else is asked for, and needs a database and keys', () => {
    expect(problemKeys({})).toEqual(['DATABASE_URL', 'CHAKONG_ENCRYPTION_KEYS_FILE']);
  });

  it('refuses simulators, and the embedded database unless it is allowed', () => {
    const base = { CHAKONG_ENCRYPTION_KEYS_FILE: 'keys.json' };
    const given = settingsOf(readEnvironment({ ...base, DATABASE_URL: 'postgres://u:p@h:5432/d' }));
    expect(given).toMatchObject({ simulatorsAllowed: false, embeddedDatabaseAllowed: false });
    const allowed = settingsOf(readEnvironment({ ...base, CHAKONG_ALLOW_EMBEDDED: 'true' }));
    expect(allowed.embeddedDatabaseAllowed).toBe(true);
  });

  it('cannot be talked out of refusing simulators where Node runs for production', () => {
    expect(settingsOf(readEnvironment({ ...demo, NODE_ENV: 'production' })).simulatorsAllowed).toBe(false);
  });
});

describe('a secret of the environment', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), `chakong-env-${process.pid}-`));
    await writeFile(join(folder, 'url'), 'postgres://u:p@h:5432/d\n');
    await writeFile(join(folder, 'empty'), '\n');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('may stand in a file', () => {
    const read = readEnvironment({ ...demo, DATABASE_URL_FILE: join(folder, 'url') });
    expect(settingsOf(read).databaseUrl).toBe('postgres://u:p@h:5432/d');
    expect(read.ok && read.origins['databaseUrl']).toEqual({ from: 'file', where: join(folder, 'url') });
  });

  it('is one problem when it is set twice, or its file is empty or missing', () => {
    const url = 'postgres://u:p@h:5432/d';
    expect(problemKeys({ ...demo, DATABASE_URL: url, DATABASE_URL_FILE: join(folder, 'url') })).toEqual([
      'DATABASE_URL',
    ]);
    expect(problemKeys({ ...demo, DATABASE_URL_FILE: join(folder, 'empty') })).toEqual(['DATABASE_URL']);
    expect(problemKeys({ ...demo, DATABASE_URL_FILE: join(folder, 'none') })).toEqual(['DATABASE_URL']);
  });

  it('of a channel is found by its variable', () => {
    expect([...secretVariables({ CHAKONG_SECRET_BANK_KEY: 'x', CHAKONG_SECRET_EMPTY: '', OTHER: 'y' })]).toEqual([
      ['CHAKONG_SECRET_BANK_KEY', 'x'],
    ]);
  });
});
