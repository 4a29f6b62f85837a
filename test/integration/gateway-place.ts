import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { adapters } from '#adapters';
import {
  type Answer,
  type ControlCommand,
  type RegisteredOfficer,
  type Inquiry,
  isSettled,
  noAnswerSaid,
  nothingDropped,
  problemSchema,
  readControlUrl,
  registeredOfficerSchema,
  type RoleName,
  type Said,
} from '#contracts';
import {
  bindKeyring,
  contentHash,
  createLog,
  createMetrics,
  createRegistry,
  createSecrets,
  generateKeyring,
  hashToken,
  loadInstallation,
  loadKeyring,
  newId,
  readEnvironment,
  systemClock,
  toInstant,
} from '#platform';
import { openQueueEngine } from '#queue';
import { migrate, openStore, startEmbeddedPostgres, type Store } from '#store';
import { type GatewayParts, type RunningGateway, startGateway } from '../../apps/gateway/src/index.ts';
import { openControlLink } from '../../apps/worker/src/control/control-link.ts';
import { ownPort } from '../own-port.ts';
import { newSigner } from './test-signer.ts';

export const tokens = {
  zhao: 'ckt_zhao-0000000000000000000000', // officer of 990100
  qian: 'ckt_qian-0000000000000000000000', // officer of 990200
  wei: 'ckt_wei-0000000000000000000000', // auditor of 990100
  sun: 'ckt_sun-00000000000000000000000', // operator
  reader: 'ckt_reader-000000000000000000000', // officer of 990100, may only read cases
  li: 'ckt_li-000000000000000000000000', // clerk of registry.county, in the example of a manual desk
  jiang: 'ckt_jiang-00000000000000000000', // officer and approver of 990100
  zhou: 'ckt_zhou-000000000000000000000', // approver of 990100
  shen: 'ckt_shen-0000000000000000000000000', // another one
  han: 'ckt_han-000000000000000000000', // approver of 990200
  old: 'ckt_old-00000000000000000000000', // expired
} as const;

/** Values that may stand nowhere but in sealed columns: not in problems, logs, metrics or addresses. */
export const canary = { name: '张三', number: '110100199003074112' };

const asName = (userId: string): keyof typeof tokens => {
  const name = userId.slice('usr_'.length);
  const names = Object.keys(tokens) as (keyof typeof tokens)[];
  return names.find((each) => each === name) ?? 'old';
};

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  json(): any;
}

export interface Asking {
  readonly token?: string | null;
  readonly body?: unknown;
  readonly raw?: string | Uint8Array | FormData;
  readonly headers?: Record<string, string>;
  /** Null: none. */
  readonly key?: string | null;
}

export interface GatewayPlace {
  readonly gateway: RunningGateway;
  readonly parts: GatewayParts;
  readonly store: Store;
  readonly databaseUrl: string;
  /** For looking behind the store. */
  readonly logged: readonly string[];
  /** Commands that the one worker of this place was told. */
  readonly told: readonly ControlCommand[];
  call(method: string, path: string, asking?: Asking): Promise<Reply>;
  /** Another gateway on the same parts. */
  another(change: Partial<GatewayParts>): Promise<RunningGateway>;
  stop(): Promise<void>;
}

export interface PlaceOptions {
  readonly withManualDesk?: boolean;
  /** More people, each with the token `tokenOf` names. */
  readonly staff?: readonly RegisteredOfficer[];
  /** By court code, instead of what the configuration says. */
  readonly officersSee?: Readonly<Record<string, 'court' | 'assigned'>>;
}
export const tokenOf = (userId: string): string => `ckt_${userId}-0000000000000000000000`;

const person = (userId: string, roles: RoleName[], courtCode = '990100') => ({
  ...{ userId, roles, courtCode, name: '某人', courtName: '某市某区人民法院', agencyIds: [], registrations: [] },
  ...{ phone: null, workCardNo: `GZ-${userId}`, workCardFile: null, dutyCardNo: null, dutyCardFile: null },
});
const people = [
  person('usr_jiang', ['officer', 'approver']),
  person('usr_zhou', ['approver']),
  person('usr_shen', ['approver']),
  person('usr_han', ['approver'], '990200'),
];

const config = new URL('../../config', import.meta.url).pathname;
const manualDesk = join(config, 'examples/manual-desk');

/** A gateway over HTTP on a real PostgreSQL, with a worker that says hello, takes commands, and asks nobody. */
export async function startGatewayPlace({
  withManualDesk = false,
  staff = [],
  officersSee = {},
}: PlaceOptions = {}): Promise<GatewayPlace> {
  const dataDir = mkdtempSync(join(tmpdir(), 'chakong-gateway-'));
  chmodSync(dataDir, 0o711); // as root the server runs under another account, which must get in
  const logged: string[] = [];
  const log = createLog({
    service: 'gateway',
    version: 'test',
    level: 'debug',
    destination: { write: (line) => void logged.push(line) },
  });
  const server = await startEmbeddedPostgres({ dataDir, log });
  const settingsOf = async () => {
    const read = readEnvironment(
      {},
      {
        CHAKONG_PROFILE: 'demo',
        PORT: '0',
        CHAKONG_CONTROL_URL: `tcp://127.0.0.1:${await ownPort()}`,
        CHAKONG_CONFIG_DIR: config,
        CHAKONG_DATA_DIR: dataDir,
        CHAKONG_RATE_LIMITS: 'default=100000/60,inquiries=100000/60,sign-in=100000/60',
      },
    );
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    return read.settings;
  };
  const settings = await settingsOf();
  const loaded = await loadInstallation(settings);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const example = await loadInstallation({ ...settings, configDir: manualDesk });
  if (!example.ok) throw new Error(JSON.stringify(example.problems));
  const desk = withManualDesk ? example.values : { channels: [], agencies: [], officers: [] };
  const auditors = [
    registeredOfficerSchema.parse({
      ...{ userId: 'usr_wei', name: '卫审', courtCode: '990100', courtName: '某市某区人民法院', roles: ['auditor'] },
    }),
  ].filter(({ userId }) => !loaded.values.officers.some((each) => each.userId === userId));
  const entry = (name: keyof typeof tokens, userId: string) => ({
    tokenId: `tok_${name}`,
    userId,
    tokenHash: hashToken(tokens[name]),
    scopes: null,
    expiresAt: null,
  });
  const installation = {
    channels: [...loaded.values.channels, ...desk.channels],
    agencies: [...loaded.values.agencies, ...desk.agencies],
    courts: loaded.values.courts.map((court) => ({
      ...court,
      officersSee: officersSee[court.code] ?? court.officersSee,
    })),
    officers: [
      ...loaded.values.officers.filter(({ userId }) => people.every((each) => each.userId !== userId)),
      ...desk.officers,
      ...people,
      ...auditors,
      ...staff,
    ],
    calendars: loaded.values.calendars,
    purposePolicy: loaded.values.purposePolicy,
    tokens: [
      ...(withManualDesk ? [entry('li', 'usr_li')] : []),
      ...staff.map(({ userId }) => ({
        ...entry('li', userId),
        tokenId: `tok_${userId}`,
        tokenHash: hashToken(tokenOf(userId)),
      })),
      entry('zhao', 'usr_zhao'),
      entry('qian', 'usr_qian'),
      entry('sun', 'usr_sun'),
      entry('wei', 'usr_wei'),
      ...people.map(({ userId }) => entry(asName(userId), userId)),
      { ...entry('reader', 'usr_zhao'), scopes: ['cases:read' as const] },
      { ...entry('old', 'usr_zhao'), expiresAt: '2020-01-01T00:00:00+08:00' },
    ],
  };
  await generateKeyring(join(dataDir, 'keys.json'));
  const keys = await loadKeyring(join(dataDir, 'keys.json'));
  if (!keys.ok) throw new Error('no keys');
  const keyring = bindKeyring(keys.values);
  await migrate(server.url, log);
  const store = await openStore({
    databaseUrl: server.url,
    keyring,
    signer: newSigner(),
    clock: () => systemClock.now(),
    toInstant: (date) => toInstant(date, settings.timeZone),
    newId,
    log,
  });
  const channelIds = installation.channels.map(({ channelId }) => channelId);
  const queue = await openQueueEngine({
    queueUrl: null,
    databaseUrl: server.url,
    channelIds,
    onError: () => {},
    now: () => new Date(),
  });
  const registry = createRegistry({ withProcess: false });
  const parts: GatewayParts = {
    settings,
    installation,
    store,
    queue,
    keyring,
    secret: createSecrets({
      variables: new Map(),
      secretsDir: join(dataDir, 'none'),
      generateIn: join(dataDir, 'secrets'),
    }),
    registry,
    metrics: createMetrics(registry),
    log,
  };
  const gateway = await startGateway(parts);
  const gateways = [gateway];

  const told: ControlCommand[] = [];
  const place = readControlUrl(settings.controlUrl);
  if (!place) throw new Error('no control channel');
  const workerId = 'worker-of-the-test';
  const link = await openControlLink({
    workerId,
    gateway: place,
    log,
    take: async (command) => void told.push(command),
  });
  const hosted = installation.channels.flatMap(({ channelId, adapter }) => {
    const manifest = adapters.find((each) => each.manifest.id === adapter)?.manifest;
    return manifest ? [{ channelId, manifest }] : [];
  });
  const hello = { workerId, startedAt: new Date().toISOString(), control: link.address, channels: hosted };
  await store.adapters.announce(hello);
  await link.hello(hello);

  return {
    ...{ gateway, parts, store, logged, told, databaseUrl: server.url },
    call: (method, path, asking) => call(gateway.url, { method, path }, asking),
    async another(change) {
      const next = await startGateway({ ...parts, settings: await settingsOf(), ...change });
      gateways.push(next);
      return next;
    },
    async stop() {
      await link.close();
      for (const each of gateways) await each.stop(500);
      await queue.close();
      await store.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export async function call(
  url: string,
  { method, path }: { method: string; path: string },
  asking: Asking = {},
): Promise<Reply> {
  const { token = tokens.zhao, body, raw, headers = {}, key = method === 'POST' ? randomUUID() : null } = asking;
  const response = await fetch(`${url}${path.startsWith('/') ? path : `/api/v1/${path}`}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(key === null ? {} : { 'idempotency-key': key }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(raw === undefined && body === undefined
      ? {}
      : { body: raw instanceof Uint8Array ? Buffer.from(raw) : (raw ?? JSON.stringify(body)) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
}

// ---- what an officer does ----

export const newCase = {
  caseNumber: '（2026）京9901执1号',
  courtCode: '990100',
  courtName: '某市某区人民法院',
  legalBasis: '（2025）京9901民初7号民事判决书',
  claim: { amount: '2000000.00', currency: 'CNY' },
  filedOn: '2026-02-01',
  executionNoticeOn: null,
};
export const newDebtor = (number = canary.number, name = canary.name) => ({
  kind: 'natural',
  name,
  role: 'debtor-under-execution',
  ids: [{ type: 'citizen-id', number }],
});

export function upload(bytes: Uint8Array | string, name = 'notice.pdf', field = 'file'): FormData {
  const form = new FormData();
  form.append(field, new Blob([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)]), name);
  return form;
}
export const pdf = '%PDF-1.7\nassistance notice\n%%EOF\n';

export interface Prepared {
  readonly caseId: string;
  readonly debtorId: string;
  readonly fileId: string;
  readonly body: Record<string, unknown>;
}

/** Case, debtor and notice, and the body that asks about them. */
export async function prepare({ call: send }: Pick<GatewayPlace, 'call'>, scope: object = {}): Promise<Prepared> {
  const { caseId } = (await send('POST', 'cases', { body: newCase })).json();
  const { debtorId } = (await send('POST', `cases/${caseId}/debtors`, { body: newDebtor() })).json();
  const { fileId } = (await send('POST', 'files', { raw: upload(pdf) })).json();
  const legal = { documentName: '协助查询存款通知书', documentNumber: 'W20260301000001', fileId };
  const body = {
    caseId,
    debtorId,
    purpose: 'execution',
    scope: { categories: 'all', agencies: ['bank.bailu', 'registry.jing', 'vehicle.jing'], except: [], ...scope },
    legal,
  };
  return { caseId, debtorId, fileId, body };
}

// ---- what a worker does ----

const said = {
  sections: [],
  asOf: null,
  asOfKind: null,
  dropped: nothingDropped,
  signatureStatus: 'absent' as const,
  part: 'main' as const,
};
export const nothing: Said = {
  ...said,
  verdict: 'nothing',
  identityMatched: true,
  complete: true,
  signal: 'all-lists-empty',
  assets: [],
};
export const refused: Said = noAnswerSaid('refused');

/** Writes into the journal what agencies said, by their ids, as a worker would. */
export async function hear(store: Store, inquiryId: string, heard: Readonly<Record<string, Said>>): Promise<void> {
  const stored = await store.inquiries.get(inquiryId, 'inside');
  for (const [agencyId, what] of Object.entries(heard)) {
    const line = stored?.plan.find((each) => each.agencyId === agencyId);
    if (!stored || !line) throw new Error(`no line of ${agencyId}`);
    const place = { inquiryId, channelId: line.channelId ?? '', shardNo: line.shardNo ?? 0, fence: null };
    await store.journal.append([{ ...place, answers: [{ answer: stamp(stored.inquiry, line, what), raw: [] }] }]);
  }
}

/** What an agency said to an inquiry, as a worker would put it into the journal. */
export function stamp(inquiry: Inquiry, line: any, what: Said): Answer {
  const at = new Date().toISOString();
  const stamped = {
    ...what,
    answerId: newId('ans'),
    inquiryId: inquiry.inquiryId,
    agencyId: line.agencyId,
    category: line.category,
    channelId: line.channelId,
    adapterId: line.adapterId,
    adapterVersion: line.adapterVersion,
    requestNumber: line.requestNumber,
    matchRule: line.matchRule,
    matchKeysSent: line.matchKeysSent,
    attempt: 1,
    maxAttempts: line.maxAttempts,
    firstSentAt: at,
    sentAt: at,
    receivedAt: at,
    nextAttemptAt: null,
    breakerState: 'closed',
    breakerOpenSince: null,
    simulated: true,
    rawHash: contentHash(line.agencyId),
    contentHash: contentHash(what),
  } as Answer;
  if (!isSettled(stamped)) throw new Error('an answer that settles nothing');
  return stamped;
}

/** A problem as it must always be, without anybody's data; in short what it says. */
export function problem(reply: Reply) {
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  expect(reply.headers.get('x-request-id')).toBeTruthy();
  const body = problemSchema.parse(reply.json());
  expect(body.status).toBe(reply.status);
  for (const value of Object.values(canary)) expect(reply.text).not.toContain(value);
  return {
    status: reply.status,
    code: body.code,
    at: body.errors.map(({ pointer, parameter }) => pointer ?? parameter),
  };
}
