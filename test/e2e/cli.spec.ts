import { createServer } from 'node:net';
import { once } from 'node:events';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { liveReportSchema, reportSchema } from '#contracts';
import { sampleNotice } from '../../apps/cli/src/assistance-notice.ts';
import { debtorBody, type Person, sampleCase } from './court.ts';
import { copyConfig, type Product, startProduct, tokens } from './product.ts';
import { type Finished, openFolder, repository, run } from './running-process.ts';
import { ownPort } from '../own-port.ts';

jest.setTimeout(120_000);

const colour = '\u001B[';
const script = 'apps/cli/src/main.js';
let dir: string;

beforeAll(() => {
  dir = openFolder('chakong-e2e-cli-');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** `chakong …` as somebody types it in an empty folder, its output piped. */
const chakong = (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input?: string,
): Promise<Finished> =>
  run({
    script,
    args,
    environment: { CHAKONG_CONFIG_DIR: join(repository, 'config'), ...environment },
    cwd: dir,
    ...(input === undefined ? {} : { input }),
  });

const reportOf = (text: string) => reportSchema.or(liveReportSchema).parse(JSON.parse(text));

describe('chakong demo', () => {
  it('ends with 0 and prints the report as tables, without a colour code where nobody looks', async () => {
    const { code, stdout, stderr, ms } = await chakong(['demo']);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    process.stdout.write(`demo: ${(ms / 1_000).toFixed(1)} s from start to end\n`);
    expect(stdout).toMatch(/DRILL/);
    expect(stdout).toMatch(/存款账户 Deposit accounts \(\d+\)/);
    expect(stdout + stderr).not.toContain(colour);
    expect(stderr).toContain('Stopped cleanly');
  });

  it('prints one JSON document and nothing else with --json', async () => {
    const { code, stdout } = await chakong(['demo', '--json', '--debtor', '李四', '--id', '320100198510120237']);
    const report = reportOf(stdout);
    expect({ code, status: report.status, simulated: report.simulated }).toEqual({
      code: 0,
      status: 'complete',
      simulated: true,
    });
    expect(report.coverage.counts).toMatchObject({ asked: 60, nothing: 60, noAnswer: 0 });
  });

  it('ends with 0 under chaos, and shows who did not answer', async () => {
    const { code, stdout, stderr, ms } = await chakong(['demo', '--chaos', '--json']);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const { coverage } = reportOf(stdout);
    process.stdout.write(`demo --chaos: ${(ms / 1_000).toFixed(1)} s, ${JSON.stringify(coverage.byReason)}\n`);
    expect(coverage.counts.noAnswer).toBeGreaterThan(0);
    expect(coverage.lines.filter(({ verdict }) => verdict === 'no-answer').every(({ reason }) => reason !== null)).toBe(
      true,
    );
    expect(stderr).toMatch(/▨ .*(?:overdue|timed-out|unavailable|unintelligible)/);
  });

  it('refuses the production profile and says what to do', async () => {
    const { code, stdout, stderr } = await chakong(['demo'], {
      CHAKONG_PROFILE: 'production',
      CHAKONG_ENCRYPTION_KEYS_FILE: 'keys.json',
      CHAKONG_ALLOW_EMBEDDED: 'true',
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('chakong help production');
  });
});

describe('chakong inquire', () => {
  let product: Product;
  let client: Readonly<Record<string, string>>;
  beforeAll(async () => {
    product = await startProduct();
    writeFileSync(join(dir, 'token'), `${tokens.zhao}\n`);
    writeFileSync(join(dir, 'notice.pdf'), sampleNotice('W20260301000001'));
    client = { CHAKONG_URL: product.gatewayUrl, CHAKONG_TOKEN_FILE: 'token' };
  });
  afterAll(() => product?.stop());

  const file = (person: Person) =>
    JSON.stringify({
      case: sampleCase,
      debtor: debtorBody(person),
      document: { name: '协助查询存款通知书', number: 'W20260301000001', path: 'notice.pdf' },
    });

  it('ends with 0 when every agency has answered', async () => {
    const { code, stdout, stderr } = await chakong(
      ['inquire', '--file', '-', '--json'],
      client,
      file({ kind: 'natural', name: '李四', idNumber: '320100198510120237' }),
    );
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(reportOf(stdout).summary.sentence.code).toMatch(/^nothing-(?:full|weak)$/);
  });

  it('ends with 3 when agencies did not answer, names them, and says how to ask again', async () => {
    const { code, stdout, stderr } = await chakong(
      ['inquire', '--file', '-'],
      client,
      file({ kind: 'natural', name: '赵六', idNumber: '11010019900307418X' }),
    );
    expect({ code, stderr: code === 3 ? '' : stderr }).toEqual({ code: 3, stderr: '' });
    expect(stdout).toContain('不等于无财产');
    expect(stdout).toMatch(/again: chakong inquire --requery inq_/);
    expect(stdout + stderr).not.toContain(colour);
  });

  it('explains what needs a second person, and asks for it', async () => {
    const person: Person = { kind: 'natural', name: '李四', idNumber: '320100198510120237' };
    const transactionPeriod = { from: '2026-01-01', to: '2026-02-01' };
    const asked = JSON.stringify({ ...JSON.parse(file(person)), transactionPeriod, reason: 'payments to relatives' });
    const refused = await chakong(['inquire', '--file', '-'], client, asked);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/case_.* deb_[\s\S]*--ask-approval[\s\S]*chakong help approval-required/);
    expect(refused.stderr).not.toContain(person.idNumber);
    const approval = await chakong(['inquire', '--file', '-', '--ask-approval'], client, asked);
    expect([approval.code, approval.stdout]).toEqual([0, expect.stringMatching(/approval apr_\w+ waits/)]);
    const listed = await chakong(['approvals', 'list'], client);
    expect(listed.stdout).toMatch(/apr_\w+ +waiting +usr_zhao +case_\w+ +transactions/);
  });

  it('prints the same report again by the id of the inquiry', async () => {
    const asked = await product.court.ask({ kind: 'natural', name: '李四', idNumber: '320100198510120237' });
    const closed = await product.court.closed(asked);
    const { code, stdout } = await chakong(['report', asked, '--json'], client);
    expect({ code, report: reportOf(stdout) }).toEqual({ code: 0, report: closed });
  });

  it('names what is wrong, and ends with the code for it', async () => {
    const outcomes = {
      'no file': await chakong(['inquire'], client),
      'not JSON': await chakong(['inquire', '--file', '-'], client, 'nonsense'),
      'no token': await chakong(['agencies'], { CHAKONG_URL: product.gatewayUrl }),
      'wrong token': await chakong(['agencies'], { ...client, CHAKONG_TOKEN_FILE: join(product.dir, 'keys.json') }),
      'no gateway': await chakong(['agencies'], { ...client, CHAKONG_URL: `http://127.0.0.1:${await ownPort()}` }),
      'no command': await chakong(['inquiry']),
    };
    expect(Object.fromEntries(Object.entries(outcomes).map(([what, { code }]) => [what, code]))).toEqual({
      'no file': 2,
      'not JSON': 2,
      'no token': 4,
      'wrong token': 4,
      'no gateway': 1,
      'no command': 2,
    });
    for (const { stdout, stderr } of Object.values(outcomes)) {
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^chakong: |^error: /m);
      expect(stderr).not.toMatch(/ {4}at |node:internal/);
    }
  });
});

describe('chakong doctor and config', () => {
  const ports = async () => ({
    PORT: `${await ownPort()}`,
    CHAKONG_DOORS_PORT: `${await ownPort()}`,
    CHAKONG_METRICS_PORT: `${await ownPort()}`,
    CHAKONG_SIMULATOR_PORT: `${await ownPort()}`,
    CHAKONG_SIMULATOR_FILES_PORT: `${await ownPort()}`,
    CHAKONG_IDENTITY_PORT: `${await ownPort()}`,
    CHAKONG_DATABASE_PORT: `${await ownPort()}`,
  });

  it('says ok line by line, and ends with 5 when a port is taken', async () => {
    const free = await ports();
    const well = await chakong(['doctor', '--json'], free);
    expect({ code: well.code, findings: JSON.parse(well.stdout).filter(({ ok }: { ok: boolean }) => !ok) }).toEqual({
      code: 0,
      findings: [],
    });
    const server = createServer().listen(Number(free.PORT), '127.0.0.1');
    await once(server, 'listening');
    const ill = await chakong(['doctor'], free);
    server.close();
    expect(ill.code).toBe(5);
    expect(ill.stdout).toContain(`✗ port ${free.PORT}`);
  });

  it('prints every setting and where it comes from, and no secret', async () => {
    const secrets = {
      DATABASE_URL: 'postgres://chakong:hidden-one@127.0.0.1:1/x',
      QUEUE_URL: 'redis://:hidden-two@127.0.0.1:1',
      CHAKONG_SECRET_BANK_KEY: 'hidden-three',
    };
    for (const args of [
      ['config', 'print'],
      ['config', 'print', '--json'],
    ]) {
      const { code, stdout, stderr } = await chakong(args, {
        ...secrets,
        CHAKONG_PROFILE: 'demo',
        CHAKONG_SHARD_SIZE: '77',
      });
      expect(code).toBe(0);
      expect(stdout).toContain('CHAKONG_SHARD_SIZE');
      expect(stdout).toContain('77');
      expect(stdout + stderr).not.toContain('hidden-');
      expect(stdout).not.toContain(colour);
    }
  });

  it('names three wrong settings at once, without their values', async () => {
    const wrong = {
      PORT: 'seven-thousand',
      CHAKONG_LOG_LEVEL: 'loudest',
      DATABASE_URL: 'mysql://chakong:hidden@127.0.0.1/x',
    };
    const { code, stdout, stderr } = await chakong(['config', 'check'], wrong);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const [name, value] of Object.entries(wrong)) {
      expect(stderr).toContain(`${name}: expected`);
      expect(stderr).not.toContain(value);
    }
  });

  it('names three wrong files at once, with their places and without their values', async () => {
    const config = join(dir, 'config');
    copyConfig(config, (text) =>
      text.replace('wire: city-rest', 'wire: [unclosed').replace('mode: mailbox', 'mode: by-pigeon'),
    );
    appendFileSync(
      join(config, 'agencies', 'banks.csv'),
      'bank.twice,C1,名,Name,bank,,no-such-channel,soonest,86400000\n',
    );
    const officers = join(config, 'officers.yaml');
    writeFileSync(officers, readFileSync(officers, 'utf8').replace('roles: [ops]', 'roles: [emperor]'));
    const { code, stdout, stderr } = await chakong(['config', 'check'], { CHAKONG_CONFIG_DIR: config });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const place of ['registry-city.yaml', 'bank-national.yaml', 'banks.csv', 'officers.yaml'])
      expect(stderr).toContain(place);
    for (const value of ['unclosed', 'by-pigeon', 'soonest', 'emperor']) expect(stderr).not.toContain(value);
  });
});
