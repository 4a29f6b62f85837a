import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Answer,
  Changes,
  Debtor,
  Inquiry,
  Manifest,
  Mode,
  Plan,
  PlannedLine,
  Report,
  ReportBody,
  Said,
  PersonScope,
} from '#contracts';
import { noAnswerSaid, nothingDropped } from '#contracts';
import {
  bindKeyring,
  type BoundKeyring,
  contentHash,
  generateKeyring,
  type KeyOptions,
  loadKeyring,
  newId,
  newUuid,
  type Signer,
  toInstant,
} from '#platform';
import { migrate, openStore, startEmbeddedPostgres, type JournalAnswer, type Store } from '#store';
import pg from 'pg';
import { newSigner } from './test-signer.ts';

export const quietLog = { debug() {}, info() {}, warn() {}, error() {} };
export const court = '990100';
export const otherCourt = '990200';
export const channelId = 'bank-sample';
export const start = new Date('2026-11-22T06:05:30Z');
export const instant = (date: Date): string => toInstant(date, 'Asia/Shanghai');
export const after = (ms: number): Date => new Date(start.getTime() + ms);

/** Found nowhere but in sealed columns. */
export const canary = { name: '张三', number: '110100199003074112', account: '6299990000000000012' };

export type StorePlace = {
  readonly store: Store;
  readonly databaseUrl: string;
  /** The server's own superuser, in the same database. */
  readonly superuserUrl: string;
  /** What the store of this place seals with. */
  readonly keyring: BoundKeyring;
  /** A connection of its own for looking behind the store. */
  readonly raw: pg.Client;
  /** The same store with a clock of one's own. */
  openWith(clock: () => Date, signer?: Signer): Promise<Store>;
  stop(): Promise<void>;
};

/** A store on a PostgreSQL of its own, with a real keyring and a clock that stands still. */
export async function startStorePlace(): Promise<StorePlace> {
  const dataDir = mkdtempSync(join(tmpdir(), 'chakong-store-'));
  chmodSync(dataDir, 0o711); // as root the server runs under another account, which must get in
  const server = await startEmbeddedPostgres({ dataDir, log: quietLog });
  const keyFile = join(dataDir, 'keys.json');
  await generateKeyring(keyFile);
  const keys = await loadKeyring(keyFile);
  if (!keys.ok) throw new Error('no keys');
  const keyring = bindKeyring(keys.values);
  await Promise.all([migrate(server.url, quietLog), migrate(server.url, quietLog)]); // two processes at once
  const store = await openOn(server.url, keyring);
  const raw = new pg.Client({ connectionString: server.url });
  await raw.connect();
  const stop = async () => {
    await raw.end();
    await store.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const openWith = (clock: () => Date, signer?: Signer) =>
    openOn(server.url, keyring, { clock, ...(signer && { signer }) });
  const superuserUrl = server.superuserUrl.replace(/[^/]+$/, 'chakong');
  return { store, databaseUrl: server.url, superuserUrl, keyring, raw, openWith, stop };
}

/** A keyring with one key of its own. */
export const anyKeyring = (id = 'any', options: KeyOptions = {}): BoundKeyring =>
  bindKeyring({ keys: [{ id, secret: Buffer.alloc(32, id) }] }, options);

/** The key of all stores here: those of one place sign alike. */
const placeSigner = newSigner();

/** Opens a store with the clock that stands still. */
export const openOn = (
  databaseUrl: string,
  keyring: BoundKeyring = anyKeyring(),
  { clock = () => start, signer = placeSigner }: { readonly clock?: () => Date; readonly signer?: Signer } = {},
): Promise<Store> =>
  openStore({
    databaseUrl,
    keyring,
    signer,
    clock,
    toInstant: instant,
    newId,
    log: quietLog,
  });

export const sampleManifest: Manifest = {
  id: 'bank-sample',
  version: '1.0.0',
  modes: ['call'],
  categories: ['bank'],
  debtorKinds: ['natural'],
  matchRule: { natural: 'name-and-id', organisation: 'name-and-id' },
  keysSent: { natural: ['name', 'id18'], organisation: ['name', 'uscc'] },
  assetKinds: ['deposit-account'],
  sections: ['accounts'],
  delivers: ['deposit-account.balance'],
  legalPrerequisites: [],
};

export const debtor: Debtor = {
  kind: 'natural',
  name: canary.name,
  aliases: [],
  formerNames: [],
  role: 'debtor-under-execution',
  ids: [
    {
      type: 'citizen-id',
      number: canary.number,
      normalised: canary.number,
      variant15: null,
      orgCode: null,
      checksum: 'ok',
      country: null,
      issuer: null,
    },
  ],
  birthDate: null,
  registeredArea: null,
  nationality: null,
};

export const newCase = {
  caseNumber: '（2026）京9901执1号',
  courtCode: court,
  courtName: '某市某区人民法院',
  legalBasis: '（2025）京9901民初7号民事判决书',
  claim: { amount: '2000000.00', currency: 'CNY' },
  filedOn: '2026-02-01',
  executionNoticeOn: null,
  createdBy: 'usr_zhao',
  warnings: [],
};

export const newInquiry = (): Inquiry => ({
  inquiryId: newId('inq'),
  correlationId: newUuid(),
  requestedAt: instant(start),
  dueAt: instant(after(3_600_000)),
  purpose: 'execution',
  origin: 'officer',
  previousInquiryId: null,
  transactionPeriod: null,
  legal: {
    caseNumber: newCase.caseNumber,
    courtCode: court,
    courtName: newCase.courtName,
    basis: newCase.legalBasis,
    documentName: '协助查询存款通知书',
    documentNumber: 'W20260301000001',
    documentHash: `sha256:${'0'.repeat(64)}`,
    claimAmount: newCase.claim,
    claimOutstanding: null,
    preservationLimit: null,
  },
  officer: { id: 'usr_zhao', name: '赵执', phone: null, workCardNo: 'GZ0001', dutyCardNo: null },
  approver: null,
  debtor,
});

export const agencyOf = (no: number): string => `bank.sample-${String(no).padStart(4, '0')}`;

type LinePlan = { readonly mode: Mode; readonly firstSerial: number; readonly shardSize: number };

const plannedLine = (no: number, { mode, firstSerial, shardSize }: LinePlan): PlannedLine => ({
  agencyId: agencyOf(no),
  agencyName: `示例银行第${no}支行`,
  category: 'bank',
  region: '110100',
  notAskedCause: null,
  channelId,
  mode,
  adapterId: 'bank-sample',
  adapterVersion: '1.0.0',
  requestNumber: `20261122${String(firstSerial + no).padStart(12, '0')}`,
  matchRule: 'name-and-id',
  dueAt: instant(after(3_600_000)),
  maxAttempts: 4,
  shardNo: Math.floor(no / shardSize),
  channelPriority: 100,
  nothingIsReliable: true,
  matchKeysSent: ['name', 'id18'],
  sections: ['accounts', 'balances'],
  typicalMs: 500,
  promisedMs: null,
});

const unaskedLine = (no: number): PlannedLine => ({
  ...plannedLine(no, { mode: 'call', firstSerial: 0, shardSize: 1 }),
  agencyId: `bank.away-${no}`,
  notAskedCause: 'not-connected',
  channelId: null,
  mode: null,
  adapterId: null,
  adapterVersion: null,
  requestNumber: null,
  matchRule: null,
  dueAt: null,
  maxAttempts: null,
  shardNo: null,
  channelPriority: null,
});

export type PlanSize = { readonly agencies: number; readonly mode?: Mode; readonly shardSize?: number };

/** Agencies in shards of one channel, and one that is not asked in the middle of them. */
export function planOf({ agencies, mode = 'call', shardSize = 250 }: PlanSize, firstSerial: number): Plan {
  const asked = Array.from({ length: agencies }, (_, no) => plannedLine(no, { mode, firstSerial, shardSize }));
  const shards = [...Map.groupBy(asked, ({ shardNo }) => shardNo ?? 0)].map(([shardNo, lines]) => ({
    channelId,
    shardNo,
    agencyIds: lines.map(({ agencyId }) => agencyId),
  }));
  return { lines: asked.toSpliced(1, 0, unaskedLine(1)), shards };
}

export type Asked = {
  readonly inquiryId: string;
  readonly inquiry: Inquiry;
  readonly plan: Plan;
  readonly debtorId: string;
};

/** What a person of one court sees. */
export const ofCourt = (courtCode: string): PersonScope => ({ userId: 'usr_zhao', courtCodes: [courtCode] });

/** A case, a debtor and an inquiry about it. */
export async function ask(store: Store, size: PlanSize): Promise<Asked> {
  const { caseId } = await store.cases.create(newCase);
  const created = await store.debtors.create({ caseId, rows: 'inside', debtor, warnings: [] });
  if (!created) throw new Error('no case');
  const bytes = new TextEncoder().encode(`%PDF ${canary.name}`);
  const { fileId } = await store.files.create({
    fileName: `${canary.name}.pdf`,
    fileType: 'pdf',
    bytes,
    createdBy: 'usr_zhao',
    courtCode: court,
  });
  const inquiry = newInquiry();
  const plan = planOf(size, await store.inquiries.nextSerials(size.agencies));
  const { debtorId } = created;
  const parts = {
    inquiry,
    plan,
    caseId,
    debtorId,
    courtCode: court,
    closeAt: after(3_600_000),
    documentFileId: fileId,
  };
  await store.inquiries.create(null, { ...parts, requestedBy: 'usr_zhao' });
  return { inquiryId: inquiry.inquiryId, inquiry, plan, debtorId };
}

const saidParts = {
  sections: [] as never[],
  asOf: null,
  asOfKind: null,
  dropped: nothingDropped,
  signatureStatus: 'absent' as const,
  part: 'main' as const,
};

export const saysNothing: Said = {
  ...saidParts,
  verdict: 'nothing',
  identityMatched: true,
  complete: true,
  signal: 'all-lists-empty',
  assets: [],
};
export const returns: Said = noAnswerSaid('returned', { reasonText: `${canary.name} 文书不清晰` });
export const failing: Said = noAnswerSaid('timed-out');
/** A stand-in for an asset: the store keeps what it is given and looks into none. */
export const finds = (account: string = canary.account): Said => ({
  ...saidParts,
  verdict: 'found',
  identityMatched: true,
  complete: true,
  assets: [{ kind: 'deposit-account', accountNumber: account, holderName: canary.name } as never],
});

type Stamp = { readonly attempt?: number; readonly nextAttemptAt?: string | null };

/** What agency `no` said, stamped; with one raw message. */
export function answer(
  { inquiryId }: Asked,
  no: number,
  told: Said | (Stamp & { readonly said: Said }),
): JournalAnswer {
  const {
    said,
    attempt = 1,
    nextAttemptAt = null,
  }: Stamp & { readonly said: Said } = 'said' in told ? told : { said: told };
  const raw = new TextEncoder().encode(JSON.stringify({ no, said }));
  const stamped = {
    ...said,
    answerId: newId('ans'),
    inquiryId,
    agencyId: agencyOf(no),
    category: 'bank',
    channelId,
    adapterId: 'bank-sample',
    adapterVersion: '1.0.0',
    requestNumber: '1',
    matchRule: 'name-and-id',
    matchKeysSent: ['name', 'id18'],
    attempt,
    maxAttempts: 4,
    firstSentAt: instant(start),
    sentAt: instant(start),
    receivedAt: instant(after(500)),
    nextAttemptAt,
    breakerState: 'closed',
    breakerOpenSince: null,
    simulated: true,
    rawHash: contentHash({ no, said }),
    contentHash: contentHash(said),
  };
  return { answer: stamped as Answer, raw: [raw] };
}

/** The part of a report body that the store looks at. */
export const bodyOf = ({ inquiry }: Asked, found: number): ReportBody =>
  ({
    ...inquiry,
    schemaVersion: '1',
    coverage: {
      counts: {
        asked: 100,
        answered: found,
        found,
        nothing: 0,
        noAnswer: 100 - found,
        notAsked: 1,
        incomplete: 0,
        weak: 0,
      },
    },
    summary: { sentence: { code: 'running', zh: '3 家中 1 家已反馈', en: '1 of 3 agencies has answered' } },
  }) as unknown as ReportBody;

/** What is told to have changed: against which version, and nothing else. */
export const changed = ({ reportId, reportVersion, inquiryId }: Report) => ({
  changes: {
    previousReport: { reportId, reportVersion, inquiryId, stateAt: instant(start) },
    sentence: { zh: `与第 ${reportVersion} 版相比`, en: `Compared with version ${reportVersion}` },
    counts: { lines: {}, assets: {} },
  } as unknown as Changes,
  cause: 'late-answer',
});

export const shardOf = ({ inquiryId }: Asked, shardNo = 0) => ({ inquiryId, channelId, shardNo });
export const begin = (store: Store, asked: Asked, workerId = 'w1') =>
  store.shards.begin({ ...shardOf(asked), workerId });

/** The code of what a promise was refused with, or `done`. */
export const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: unknown) => (error as { code?: string }).code,
  );

/** The number under which an agency was asked. */
export const numberOf = ({ plan }: Asked, no: number): string =>
  plan.lines.find(({ agencyId }) => agencyId === agencyOf(no))?.requestNumber ?? '';
export const taskOf = (asked: Asked, no: number) => ({
  channelId,
  agencyId: agencyOf(no),
  requestNumber: numberOf(asked, no),
});

/** What the worker does with a mailbox shard: takes it, finds everything sendable, and waits. */
export const deliver = async (store: Store, asked: Asked): Promise<void> => {
  const work = await begin(store, asked);
  await store.shards.wait({ ...shardOf(asked), fence: work?.fence ?? 0, until: after(60_000) });
};
