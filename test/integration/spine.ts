import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Agency, type ChannelConfig, describeIdentifier, type Inquiry, type Report } from '#contracts';
import { planInquiry } from '#inquiry';
import {
  bindKeyring,
  createLog,
  createMetrics,
  createRegistry,
  createSecrets,
  generateKeyring,
  loadInstallation,
  loadKeyring,
  newId,
  newUuid,
  readEnvironment,
  sha256Hex,
  createSteadyClock,
  toInstant,
} from '#platform';
import { openQueueEngine, type QueueEngine } from '#queue';
import { migrate, openStore, startEmbeddedPostgres, type Store } from '#store';
import { startSimulator, type Simulator } from '../../apps/simulator/src/index.ts';
import { composeWorker, type RunningWorker } from '../../apps/worker/src/index.ts';
import { ownPort } from '../own-port.ts';
import { newSigner } from './test-signer.ts';

/** The product's spine without HTTP: store, queue, worker and simulators in this process, on a real PostgreSQL. */
export interface Spine {
  readonly store: Store;
  readonly queue: QueueEngine;
  readonly worker: RunningWorker;
  readonly simulator: Simulator;
  readonly agencies: readonly Agency[];
  readonly logged: readonly string[];
  /** Stores an inquiry and its flow, as the gateway does; its id. */
  ask(
    debtor: { readonly name: string; readonly idNumber: string; readonly kind: 'natural' | 'legal' },
    dueInMs?: number,
  ): Promise<string>;
  /** Waits for a version that has everything the journal has. */
  report(inquiryId: string, timeoutMs?: number): Promise<Report>;
  stop(): Promise<void>;
}

export interface SpineOptions {
  readonly queueUrl?: string | null;
  readonly latencyScale?: number;
  readonly seed?: number;
  readonly change?: (channel: ChannelConfig) => ChannelConfig;
}

export async function startSpine({
  queueUrl = null,
  latencyScale = 0.1,
  seed = 1,
  change = (channel) => channel,
}: SpineOptions = {}): Promise<Spine> {
  const dataDir = mkdtempSync(join(tmpdir(), 'chakong-spine-'));
  chmodSync(dataDir, 0o711); // as root the server runs under another account, which must get in
  const logged: string[] = [];
  const log = createLog({
    service: 'spine',
    version: 'test',
    level: 'debug',
    destination: { write: (line) => void logged.push(line) },
  });
  const database = await startEmbeddedPostgres({ dataDir, log });
  const simulatorPort = await ownPort();
  const filesPort = await ownPort();
  const flags = {
    CHAKONG_PROFILE: 'demo',
    CHAKONG_DOORS_PORT: '0',
    CHAKONG_CONTROL_URL: `tcp://127.0.0.1:${await ownPort()}`,
    CHAKONG_DATA_DIR: dataDir,
    CHAKONG_SETTLE_MS: '200',
    CHAKONG_CONFIG_DIR: new URL('../../config', import.meta.url).pathname,
  };
  const read = readEnvironment({}, flags);
  if (!read.ok) throw new Error('the settings of the test are wrong');
  const { settings } = read;
  const loaded = await loadInstallation(settings);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const channels = loaded.values.channels.map((channel) =>
    change({
      ...channel,
      baseUrl: channel.baseUrl?.replace('127.0.0.1:7400', `127.0.0.1:${simulatorPort}`) ?? null,
      settings: JSON.parse(JSON.stringify(channel.settings).replace('"port":7422', `"port":${filesPort}`)),
    }),
  );
  const installation = { ...loaded.values, channels };
  await generateKeyring(join(dataDir, 'keys.json'));
  const keys = await loadKeyring(join(dataDir, 'keys.json'));
  if (!keys.ok) throw new Error('no keys');
  const keyring = bindKeyring(keys.values);
  const instant = (date: Date) => toInstant(date, settings.timeZone);
  await migrate(database.url, log);
  const clock = createSteadyClock();
  const store = await openStore({
    databaseUrl: database.url,
    keyring,
    signer: newSigner(),
    clock: () => clock.now(),
    toInstant: instant,
    newId,
    log,
  });
  const queue = await openQueueEngine({
    queueUrl,
    databaseUrl: database.url,
    channelIds: channels.map(({ channelId }) => channelId),
    onError: () => {},
    now: () => new Date(),
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
    clock,
    metrics: createMetrics(createRegistry({ withProcess: false })),
    log,
    secret,
  });
  const simulator = await startSimulator({
    port: simulatorPort,
    seed,
    agencies: installation.agencies,
    channels,
    doorsUrl: worker.doorsUrl,
    secret,
    pollEveryMs: 200,
    latencyScale,
    log,
    signal: new AbortController().signal,
    production: false,
  });
  const caseView = await store.cases.create({
    caseNumber: '（2026）京9901执1号',
    courtCode: '990100',
    courtName: '某市某区人民法院',
    legalBasis: '（2025）京9901民初7号',
    claim: null,
    filedOn: null,
    executionNoticeOn: null,
    createdBy: 'usr_zhao',
    warnings: [],
  });
  const file = await store.files.create({
    fileName: 'notice.pdf',
    fileType: 'pdf',
    bytes: new TextEncoder().encode('%PDF-1.4 sample'),
    createdBy: 'usr_zhao',
    courtCode: '990100',
  });

  return {
    ...{ store, queue, worker, simulator, agencies: installation.agencies, logged },
    async ask({ name, idNumber, kind }, dueInMs = 60_000) {
      const described = describeIdentifier({ type: kind === 'natural' ? 'citizen-id' : 'uscc', number: idNumber });
      if (described.outcome !== 'accepted') throw new Error('not an identifier');
      const debtor: Inquiry['debtor'] = {
        kind,
        name,
        aliases: [],
        formerNames: [],
        role: 'debtor-under-execution',
        ids: [described.identifier],
        birthDate: null,
        registeredArea: null,
        nationality: null,
      };
      const created = await store.debtors.create({
        caseId: caseView.caseId,
        rows: 'inside',
        debtor,
        warnings: [],
      });
      if (!created) throw new Error('the case of the test is gone');
      const { debtorId } = created;
      const now = new Date();
      const dueAt = new Date(now.getTime() + dueInMs);
      const inquiry: Inquiry = {
        inquiryId: newId('inq'),
        correlationId: newUuid(),
        requestedAt: instant(now),
        dueAt: instant(dueAt),
        purpose: 'execution',
        origin: 'officer',
        previousInquiryId: null,
        transactionPeriod: null,
        legal: {
          caseNumber: caseView.caseNumber,
          courtCode: '990100',
          courtName: '某市某区人民法院',
          basis: caseView.legalBasis,
          documentName: '协助查询存款通知书',
          documentNumber: 'W20260301000001',
          documentHash: `sha256:${sha256Hex('x')}`,
          claimAmount: null,
          claimOutstanding: null,
          preservationLimit: null,
        },
        officer: { id: 'usr_zhao', name: '赵执', phone: null, workCardNo: 'GZ0001', dutyCardNo: 'GW0001' },
        approver: null,
        debtor,
      };
      const manifests = await store.adapters.manifests();
      const plan = planInquiry({
        inquiry: { requestedAt: inquiry.requestedAt, dueAt: inquiry.dueAt, debtorKind: kind, transactionPeriod: null },
        scope: { categories: 'all', agencies: 'all-entitled', except: [] },
        agencies: installation.agencies,
        channels: new Map(channels.map((channel) => [channel.channelId, channel])),
        manifests,
        firstSerial: await store.inquiries.nextSerials(installation.agencies.length),
        shardSize: settings.shardSize,
        date: instant(now).slice(0, 10).replaceAll('-', ''),
      });
      await store.inquiries.create(null, {
        inquiry,
        caseId: caseView.caseId,
        debtorId,
        courtCode: '990100',
        plan,
        closeAt: dueAt,
        documentFileId: file.fileId,
        requestedBy: 'usr_zhao',
      });
      await queue.startInquiry({ inquiryId: inquiry.inquiryId, generation: 1, shards: plan.shards });
      await queue.scheduleClose(inquiry.inquiryId, dueAt);
      return inquiry.inquiryId;
    },
    async report(inquiryId, timeoutMs = 60_000) {
      const until = Date.now() + timeoutMs;
      while (Date.now() < until) {
        const head = await store.inquiries.head(inquiryId, 'inside');
        if (head?.closedAt && head.latestReport) {
          const report = await store.reports.get(head.latestReport.reportId, 'inside');
          if (report) return report;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`no report in time: ${JSON.stringify(await store.journal.summary(inquiryId))}`);
    },
    async stop() {
      await simulator.stop();
      await worker.stop(2_000);
      await queue.close();
      await store.close();
      await database.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
