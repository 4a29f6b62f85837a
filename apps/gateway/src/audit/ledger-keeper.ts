import { join } from 'node:path';
import { errorCode, type Settings } from '#platform';
import { type ChainWatch, openChainWatch, type WatchParts } from './chain-watch.ts';
import { type CheckpointSigning, openCheckpointSigning, type SigningParts } from './checkpoint-signing.ts';

/** Signs checkpoints of the ledger, looks at what was added, and answers whether the chain is whole. */
export type LedgerKeeper = ChainWatch &
  CheckpointSigning & {
    /** From now on both are done now and then. */
    start(): void;
    stop(): Promise<void>;
  };

type KeeperParts = Omit<SigningParts & WatchParts, 'folder' | 'publicKeys' | 'settings'> & {
  readonly settings: SigningParts['settings'] & Pick<Settings, 'auditCheckpointsDir' | 'dataDir'>;
};

const signLookMs = 15_000;
const checkEveryMs = 300_000;

export function openLedgerKeeper(parts: KeeperParts): LedgerKeeper {
  const { settings, log } = parts;
  const folder = settings.auditCheckpointsDir ?? join(settings.dataDir, 'audit-checkpoints');
  const signing = openCheckpointSigning({ ...parts, folder });
  const watch = openChainWatch({ ...parts, folder, publicKeys: signing.publicKeys });
  const timers: NodeJS.Timeout[] = [];
  let running: Promise<unknown> = Promise.resolve();
  /** One after another, and a failure of one is told and does not end the others. */
  const inTurn = (name: string, work: () => Promise<unknown>): void => {
    running = running.then(work).catch((error: unknown) => log.error(`${name}-failed`, { code: errorCode(error) }));
  };
  return {
    ...signing,
    ...watch,
    start() {
      inTurn('audit.check', watch.checkNewest);
      timers.push(
        setInterval(() => inTurn('checkpoint', signing.signIfDue), signLookMs).unref(),
        setInterval(() => inTurn('audit.check', watch.checkNewest), checkEveryMs).unref(),
      );
    },
    async stop() {
      for (const timer of timers.splice(0)) clearInterval(timer);
      await running;
    },
  };
}
