import { join } from 'node:path';
import {
  checkRows,
  type CheckpointSigner,
  errorCode,
  inPages,
  keepCheckpoint,
  keptCheckpoints,
  type KnownPlace,
  type LedgerVerdict,
  openCheckpointSigner,
  publicKeyOf,
  type ReadCheckpoints,
  readCheckpoints,
} from '#platform';
import type { GatewayParts } from '../gateway.ts';

/** Signs checkpoints of the ledger, looks at what was added, and answers whether the chain is whole. */
export interface LedgerKeeper {
  verify(asked: { readonly from: number; readonly to: number | null }): Promise<KeeperVerdict>;
  /** Every checkpoint that is signed by one of our keys, from the database and from the folder outside of it. */
  checkpoints(): Promise<ReadCheckpoints>;
  publicKeys(): Promise<readonly string[]>;
  /** What is done now and then, now: tests and the end of a process do not wait for a timer. */
  signIfDue(): Promise<boolean>;
  checkNewest(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export type KeeperVerdict = LedgerVerdict & { readonly forgedCheckpoints: number };

type KeeperParts = Pick<GatewayParts, 'settings' | 'store' | 'secret' | 'log' | 'metrics'> & {
  readonly now: () => Date;
};

const signLookMs = 15_000;
const checkEveryMs = 300_000;
const pageRows = 1_000;
const mostCheckpoints = 10_000;
/** At a start this many of the newest rows are looked at; the whole chain is for whoever asks for it. */
const firstLook = 10_000;
const privateName = 'audit-checkpoint-private-key';
const publicName = 'audit-checkpoint-public-key';
const pemBlock = /-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----/g;

export function openLedgerKeeper(parts: KeeperParts): LedgerKeeper {
  const { settings, store, log, metrics } = parts;
  const folder = settings.auditCheckpointsDir ?? join(settings.dataDir, 'audit-checkpoints');
  const signing = openSigning(parts);
  let sound: KnownPlace | null = null;
  const timers: NodeJS.Timeout[] = [];
  let running: Promise<unknown> = Promise.resolve();

  const checkpoints = async (): Promise<ReadCheckpoints> =>
    readCheckpoints([...(await stored(parts)), ...(await keptCheckpoints(folder))], await signing.publicKeys());
  const rowsFrom = (from: number, to: number) =>
    inPages(
      (next) => store.ledger.rows({ from: next, to, limit: pageRows, courtCodes: null, withReasons: false }),
      from,
    );
  // what is added while we read is no part of the question
  const verify: LedgerKeeper['verify'] = async ({ from, to }) => {
    const head = await store.ledger.head();
    const { checkpoints: signed, forged } = await checkpoints();
    const isWhole = to === null || to >= head.lastSeq;
    const rows = rowsFrom(from, isWhole ? head.lastSeq : to);
    const ends = isWhole ? { to: null, head } : { to, head: null };
    const verdict = await checkRows({ rows, from, ...ends, checkpoints: signed });
    return { ...verdict, forgedCheckpoints: forged };
  };

  const checkNewest = async (): Promise<void> => {
    const head = await store.ledger.head();
    const from = sound === null ? Math.max(1, head.seq - firstLook + 1) : sound.seq + 1;
    const known = sound === null ? (await checkpoints()).checkpoints : [sound];
    const rows = rowsFrom(from, head.lastSeq);
    const { firstBroken } = await checkRows({ rows, head, from, to: null, checkpoints: known });
    metrics.auditChain({ ok: firstBroken === null });
    if (firstBroken === null) sound = head.seq === 0 ? null : head;
    else log.error('audit.chain-broken', { seq: firstBroken.seq, kind: firstBroken.kind });
  };

  const signIfDue = async (): Promise<boolean> => {
    const signer = await signing.signer();
    if (signer === null) return false;
    const at = parts.now();
    const made = await store.ledger.checkpoints.makeDue({
      everyRows: settings.auditCheckpointRows,
      everyMs: settings.auditCheckpointMinutes * 60_000,
      at,
      sign: async (place) => {
        const checkpoint = await signer.sign({ ...place, atMs: at.getTime() });
        await keepCheckpoint(folder, checkpoint); // outside first: what the database has then is never more
        return checkpoint;
      },
    });
    if (made) log.info('checkpoint.signed', { seq: made.seq, hash: made.hash, keyId: made.keyId });
    return made !== null;
  };

  /** One after another, and a failure of one is told and does not end the others. */
  const inTurn = (name: string, work: () => Promise<unknown>): void => {
    running = running.then(work).catch((error: unknown) => log.error(`${name}-failed`, { code: errorCode(error) }));
  };
  return {
    ...{ verify, checkpoints, signIfDue, checkNewest, publicKeys: signing.publicKeys },
    start() {
      inTurn('audit.check', checkNewest);
      timers.push(
        setInterval(() => inTurn('checkpoint', signIfDue), signLookMs).unref(),
        setInterval(() => inTurn('audit.check', checkNewest), checkEveryMs).unref(),
      );
    },
    async stop() {
      for (const timer of timers.splice(0)) clearInterval(timer);
      await running;
    },
  };
}

async function stored({ store }: Pick<KeeperParts, 'store'>): Promise<readonly string[]> {
  const texts: string[] = [];
  for (let after = 0; ; ) {
    const page = await store.ledger.checkpoints.list({ after, limit: mostCheckpoints });
    texts.push(...page.map(({ jws }) => jws));
    const last = page.at(-1);
    if (last === undefined || page.length < mostCheckpoints) return texts;
    after = last.seq;
  }
}

interface Signing {
  signer(): Promise<CheckpointSigner | null>;
  publicKeys(): Promise<readonly string[]>;
}

/** Keys are found when they are first needed; that there is none is said once. */
function openSigning({ secret, log }: Pick<KeeperParts, 'secret' | 'log'>): Signing {
  let known: Promise<CheckpointSigner | null> | null = null;
  const find = async (): Promise<CheckpointSigner | null> => {
    const found = await secret(privateName);
    if (found.ok) return openCheckpointSigner(found.value);
    log.error('checkpoint.key-missing', { name: privateName });
    return null;
  };
  return {
    signer: () => (known ??= find()),
    async publicKeys() {
      const own = await secret(publicName); // may hold those of earlier keys too
      if (own.ok) return own.value.match(pemBlock) ?? [];
      const priv = await secret(privateName);
      return priv.ok ? [publicKeyOf(priv.value)] : [];
    },
  };
}
