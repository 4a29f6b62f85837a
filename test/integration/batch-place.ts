import { createHash } from 'node:crypto';
import { openChannel } from '#adapter-kit';
import { adapters } from '#adapters';
import { type Agency, channelConfigSchema } from '#contracts';
import { contentHash, createMetrics, createRegistry, newId, sha256Hex } from '#platform';
import ssh2 from 'ssh2';
import { type FileBanks, startFileBanks } from '../../apps/simulator/src/bank-files/file-banks.ts';
import { hostKeyOf } from '../../apps/simulator/src/bank-files/host-key.ts';
import { openCallLedger } from '../../apps/simulator/src/call-ledger.ts';
import type { Fault } from '../../apps/simulator/src/faults/fault.ts';
import { openFaultPlan } from '../../apps/simulator/src/faults/fault-plan.ts';
import { runCourier } from '../../apps/worker/src/courier/courier.ts';
import type { Round } from '../../apps/worker/src/courier/round.ts';
import type { WorkerParts } from '../../apps/worker/src/worker-parts.ts';
import { ownPort } from '../own-port.ts';
import { agencyOf, channelId, instant, quietLog, start, type StorePlace } from './store-place.ts';

/** One courier between a real store and simulated banks behind a real SFTP server; rounds are run by hand. */
export interface BatchPlace {
  readonly parts: WorkerParts;
  readonly banks: FileBanks;
  readonly woken: readonly string[];
  readonly merged: readonly string[];
  readonly exchanges: () => Readonly<Record<string, number>>;
  faultsAre(fault: Fault): void;
  round(): Promise<void>;
  /** Does the steps of a round that the test chooses, with the boxes open. */
  withRound<T>(work: (round: Round) => Promise<T>): Promise<T>;
  /** Runs rounds until it is so. */
  until(isSo: () => Promise<boolean>): Promise<void>;
  stop(): Promise<void>;
}

const picture = { fileName: 'card.png', fileType: 'png', bytes: Buffer.from('picture') };
const cards = {
  of: () => ({ officerName: '赵执', workCardNo: 'GZ1', workCard: picture, dutyCardNo: 'GW1', dutyCard: picture }),
};

export async function startBatchPlace({ store }: StorePlace, agencyCount: number): Promise<BatchPlace> {
  const agencies = Array.from({ length: agencyCount }, (_, no) => bankOf(no));
  const config = channelConfigSchema.parse({
    ...{ channelId, nameZh: '银行', nameEn: 'Banks', adapter: 'bank-zdz', mode: 'batch', simulated: true },
    allowedNetworks: ['127.0.0.0/8', '::1/128'],
    settings: { transport: 'files', sftp: sftpOf(await ownPort()) },
  });
  const faults = openFaultPlan();
  const ledger = openCallLedger();
  const secret = () => 'password';
  const now = () => new Date();
  const banks = await startFileBanks({
    ...{ seed: 1, channel: config, agencies, secret, faults, ledger, latencyScale: 0, now, log: quietLog as never },
  });
  const adapter = adapters.find(({ manifest }) => manifest.id === 'bank-zdz')!;
  const channel = openChannel(adapter, {
    ...{ config, agencies: new Map(agencies.map((each) => [each.agencyId, each])), secret, now, contentHash },
    ...{ log: quietLog, toInstant: instant, newAnswerId: () => newId('ans'), random: () => 0.5 },
    ...{ rawHash: (bytes: Uint8Array) => `sha256:${sha256Hex(bytes)}`, isPaused: () => false },
    onBreakerChange: () => undefined,
  });
  const woken: string[] = [];
  const merged: string[] = [];
  const hosted = { config, channel };
  const parts: WorkerParts = {
    ...{ workerId: 'w1', store, channels: new Map([[channelId, hosted]]), contentHash, toInstant: instant },
    queue: {
      wakeShard: ({ inquiryId }: { inquiryId: string }) => Promise.resolve(void woken.push(inquiryId)),
      requestMerge: (inquiryId: string) => Promise.resolve(void merged.push(inquiryId)),
    } as never,
    ...{ journal: {} as never, log: quietLog as never, newAnswerId: () => newId('ans'), settleMs: 0 },
    recovery: { days: 0, mostInquiries: 1 },
    drift: { observe: () => undefined } as never,
    quarantined: { tell: () => undefined, tellOf: () => undefined } as never,
    ...{ clock: { now: () => start } as never, metrics: createMetrics(createRegistry({ withProcess: false })) },
  };
  const batch = channel.session.batch!;
  const turn = { hosted, batch, cards, isPaused: () => false, signal: AbortSignal.timeout(600_000) };
  const round = () => runCourier(parts, turn);
  return {
    ...{ parts, banks, woken, merged, round, exchanges: () => ledger.counts().requests },
    faultsAre: (fault) => faults.replace([{ agencyId: agencyOf(0), category: null, fault, times: 1, afterMs: null }]),
    async withRound(work) {
      const boxes = await batch.connect(turn.signal);
      try {
        return await work({ ...turn, boxes, agencies });
      } finally {
        await boxes.close();
      }
    },
    async until(isSo) {
      for (let turns = 0; turns < 200; turns += 1) {
        if (await isSo()) return;
        await round();
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
      throw new Error('it did not come to that');
    },
    stop: () => banks.stop(),
  };
}

const bankOf = (no: number): Agency => ({
  ...{ agencyId: agencyOf(no), code: `C999990000000${String(no).padStart(4, '0')}`, nameZh: '示例银行' },
  ...{ nameEn: 'Sample bank', category: 'bank', region: null, channelId, typicalMs: 500, promisedMs: 86_400_000 },
});

function sftpOf(port: number) {
  const key = ssh2.utils.parseKey(hostKeyOf(channelId));
  if (key instanceof Error) throw key;
  const hostKeySha256 = `SHA256:${createHash('sha256').update(key.getPublicSSH()).digest('base64')}`;
  return {
    ...{ host: '127.0.0.1', port, username: 'court', passwordRef: { secret: 'box' }, hostKeySha256 },
    ...{ inboxPath: '/{code}/in', outboxPath: '/{code}/out', archivePath: '/{code}/old', stableAfterSeconds: 0 },
  };
}
