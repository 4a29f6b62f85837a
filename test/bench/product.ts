import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Agency, type ChannelConfig, channelConfigSchema, type Inquiry } from '#contracts';
import { planInquiry } from '#inquiry';
import {
  bindKeyring,
  createLog,
  createMetrics,
  createRegistry,
  createSecrets,
  generateKeyring,
  type Installation,
  loadKeyring,
  newId,
  newUuid,
  readEnvironment,
  sha256Hex,
  createSteadyClock,
  systemClock,
  toInstant,
} from '#platform';
import { openQueueEngine } from '#queue';
import { migrate, openStore, startEmbeddedPostgres, type Store } from '#store';
import { composeWorker } from '../../apps/worker/src/index.ts';
import { ownPort } from '../own-port.ts';
import { newSigner } from '../integration/test-signer.ts';

/** The whole product but HTTP intake: store, queue, worker with guards, breakers, encryption, journal, merge, report. */
export interface BenchProduct {
  readonly engine: 'redis' | 'postgres';
  readonly postmasterPort: number;
  /** Asks the first `count` agencies; when the report was stored, in milliseconds since 1970. */
  ask(count: number): Promise<{ startedAt: number; reportedAt: number; found: number; answered: number }>;
  stop(): Promise<void>;
}

interface ProductOptions {
  readonly agenciesUrl: string;
  readonly count: number;
  readonly queueUrl: string | null;
}

const court = { courtCode: '990100', courtName: '某市某区人民法院' };

export async function startProduct({ agenciesUrl, count, queueUrl }: ProductOptions): Promise<BenchProduct> {
  const dataDir = mkdtempSync(join(tmpdir(), 'chakong-bench-'));
  chmodSync(dataDir, 0o711); // as root the server runs under another account, which must get in
  const log = createLog({ service: 'bench', version: 'bench', level: 'error', pretty: false });
  const database = await startEmbeddedPostgres({ dataDir, log });
  const flags = {
    CHAKONG_PROFILE: 'demo',
    CHAKONG_DOORS_PORT: '0',
    CHAKONG_CONTROL_URL: `tcp://127.0.0.1:${await ownPort()}`,
    CHAKONG_DATA_DIR: dataDir,
    CHAKONG_SHARD_SIZE: '250',
    CHAKONG_WORKER_CONCURRENCY: '32',
  };
  const read = readEnvironment({}, flags);
  if (!read.ok) throw new Error('the settings of the bench are wrong');
  const { settings } = read;
  const installation = benchInstallation(agenciesUrl, count);
  const [channel] = installation.channels;
  if (!channel) throw new Error('the bench has no channel');
  const store = await openBenchStore(database.url, dataDir);
  const queue = await openQueueEngine({
    queueUrl,
    databaseUrl: database.url,
    channelIds: [channel.channelId],
    onError: () => {},
    now: () => systemClock.now(),
  });
  const secret = createSecrets({
    variables: new Map(),
    secretsDir: join(dataDir, 'none'),
    generateIn: join(dataDir, 'secrets'),
  });
  const worker = await composeWorker({
    settings,
    installation,
    store,
    queue,
    clock: createSteadyClock(),
    metrics: createMetrics(createRegistry({ withProcess: false })),
    log,
    secret,
  });
  const reported = new Map<string, () => void>();
  const listening = store.events.listen({ onInquiry: (inquiryId) => reported.get(inquiryId)?.() });
  const grounds = await layGrounds(store);
  return {
    engine: queue.engine,
    postmasterPort: database.port,
    async ask(asked) {
      const inquiry = newInquiry(settings.timeZone);
      const plan = planInquiry({
        inquiry: {
          requestedAt: inquiry.requestedAt,
          dueAt: inquiry.dueAt,
          debtorKind: 'natural',
          transactionPeriod: null,
        },
        scope: {
          categories: 'all',
          agencies: installation.agencies.slice(0, asked).map(({ agencyId }) => agencyId),
          except: [],
        },
        agencies: installation.agencies.slice(0, asked),
        channels: new Map([[channel.channelId, channel]]),
        manifests: await store.adapters.manifests(),
        firstSerial: await store.inquiries.nextSerials(asked),
        shardSize: settings.shardSize,
        date: inquiry.requestedAt.slice(0, 10).replaceAll('-', ''),
      });
      const { inquiryId } = inquiry;
      const report = reportOf(store, reported, inquiryId);
      const startedAt = performance.timeOrigin + performance.now();
      await store.inquiries.create(null, {
        inquiry,
        ...grounds,
        courtCode: court.courtCode,
        plan,
        closeAt: new Date(inquiry.dueAt),
        requestedBy: 'usr_zhao',
      });
      await queue.startInquiry({ inquiryId, generation: 1, shards: plan.shards });
      return { startedAt, ...(await report) };
    },
    async stop() {
      await listening.close();
      await worker.stop(2_000);
      await queue.close();
      await store.close();
      await database.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Resolves with the time of the notification after which the report is there. */
function reportOf(
  store: Store,
  reported: Map<string, () => void>,
  inquiryId: string,
): Promise<{ reportedAt: number; found: number; answered: number }> {
  return new Promise((resolve, reject) => {
    let told: number | null = null;
    let looking = false;
    const look = async () => {
      while (told !== null) {
        const at = told;
        told = null;
        const head = await store.inquiries.head(inquiryId, 'inside');
        if (head?.latestReport == null) continue;
        reported.delete(inquiryId);
        const report = await store.reports.get(head.latestReport.reportId, 'inside');
        const { found = 0, answered = 0 } = report?.coverage.counts ?? {};
        resolve({ reportedAt: at, found, answered });
      }
      looking = false;
    };
    reported.set(inquiryId, () => {
      told = performance.timeOrigin + performance.now();
      if (looking) return;
      looking = true;
      look().catch(reject);
    });
  });
}

function benchInstallation(agenciesUrl: string, count: number): Installation {
  const channel: ChannelConfig = channelConfigSchema.parse({
    channelId: 'bench-city',
    nameZh: '压测',
    nameEn: 'bench',
    adapter: 'real-estate',
    mode: 'call',
    simulated: true,
    baseUrl: `${agenciesUrl}/city/{code}`,
    allowedNetworks: ['127.0.0.0/8'],
    limits: { deadlineMs: 30_000, concurrency: 4_000 },
    settings: {
      wire: 'city-rest',
      orgId: '990100',
      credentials: { username: 'bench', passwordRef: { secret: 'bench-city' } },
    },
  });
  const agencies = Array.from(
    { length: count },
    (_, n): Agency => ({
      agencyId: `registry.n${n}`,
      code: String(n),
      nameZh: `第${n}示例登记中心`,
      nameEn: `Sample ${n}`,
      category: 'real-estate',
      region: '110000',
      channelId: channel.channelId,
      typicalMs: 300,
      promisedMs: null,
    }),
  );
  return {
    ...{
      channels: [channel],
      agencies,
      courts: [],
      officers: [],
      tokens: [],
      calendars: [],
      purposePolicy: { everywhere: {}, courts: [] },
    },
  };
}

async function openBenchStore(databaseUrl: string, dataDir: string): Promise<Store> {
  const file = join(dataDir, 'keys.json');
  await generateKeyring(file);
  const keys = await loadKeyring(file);
  if (!keys.ok) throw new Error('the bench has no keys');
  const keyring = bindKeyring(keys.values);
  const log = createLog({ service: 'bench', version: 'bench', level: 'error', pretty: false });
  await migrate(databaseUrl, log);
  return openStore({
    databaseUrl,
    keyring,
    signer: newSigner(),
    clock: () => systemClock.now(),
    toInstant: (date) => toInstant(date, 'Asia/Shanghai'),
    newId: (prefix) => `${prefix}_${newUuid()}`,
    log,
  });
}

async function layGrounds(store: Store): Promise<{ caseId: string; debtorId: string; documentFileId: string }> {
  const { caseId } = await store.cases.create({
    caseNumber: '（2026）京9901执1号',
    ...court,
    legalBasis: '示例',
    claim: null,
    filedOn: null,
    executionNoticeOn: null,
    createdBy: 'usr_zhao',
    warnings: [],
  });
  const created = await store.debtors.create({ caseId, rows: 'inside', debtor: debtorOf(), warnings: [] });
  if (!created) throw new Error('the case of the bench is gone');
  const file = await store.files.create({
    fileName: 'notice.pdf',
    fileType: 'pdf',
    bytes: new TextEncoder().encode('%PDF-1.4'),
    createdBy: 'usr_zhao',
    courtCode: court.courtCode,
  });
  return { caseId, debtorId: created.debtorId, documentFileId: file.fileId };
}

const debtorOf = (): Inquiry['debtor'] => ({
  kind: 'natural',
  name: '张三',
  aliases: [],
  formerNames: [],
  role: 'debtor-under-execution',
  ids: [
    {
      type: 'citizen-id',
      number: '110100199003074112',
      normalised: '110100199003074112',
      variant15: '110100900307411',
      orgCode: null,
      checksum: 'ok',
      country: null,
      issuer: null,
    },
  ],
  birthDate: null,
  registeredArea: null,
  nationality: null,
});

const dueInMs = 300_000;

function newInquiry(timeZone: string): Inquiry {
  const now = systemClock.now();
  return {
    inquiryId: newId('inq'),
    correlationId: newUuid(),
    requestedAt: toInstant(now, timeZone),
    dueAt: toInstant(new Date(now.getTime() + dueInMs), timeZone),
    purpose: 'execution',
    origin: 'officer',
    previousInquiryId: null,
    transactionPeriod: null,
    legal: {
      caseNumber: '（2026）京9901执1号',
      ...court,
      basis: '示例',
      documentName: '协助查询通知书',
      documentNumber: 'W20260301000001',
      documentHash: `sha256:${sha256Hex('x')}`,
      claimAmount: null,
      claimOutstanding: null,
      preservationLimit: null,
    },
    officer: { id: 'usr_zhao', name: '赵执', phone: null, workCardNo: 'GZ0001', dutyCardNo: null },
    approver: null,
    debtor: debtorOf(),
  };
}
