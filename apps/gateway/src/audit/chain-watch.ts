import {
  checkRows,
  inPages,
  keptCheckpoints,
  type KnownPlace,
  type LedgerVerdict,
  type Log,
  type Metrics,
  type ReadCheckpoints,
  readCheckpoints,
} from '#platform';
import type { Store } from '#store';

export interface WatchParts {
  readonly store: Pick<Store, 'ledger'>;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'auditChain'>;
  readonly publicKeys: () => Promise<readonly string[]>;
  readonly folder: string;
}

export type KeeperVerdict = LedgerVerdict & { readonly forgedCheckpoints: number };

export interface ChainWatch {
  /** The whole chain, or a part of it, as it stands now. */
  verify(asked: { readonly from: number; readonly to: number | null }): Promise<KeeperVerdict>;
  /** Every checkpoint that is signed by one of our keys, from the database and from the folder outside of it. */
  checkpoints(): Promise<ReadCheckpoints>;
  /** What was added since the last look, and that the chain still ends where it did. */
  checkNewest(): Promise<void>;
}

const pageRows = 1_000;
const mostCheckpoints = 10_000;
/** At a start this many of the newest rows are looked at; the whole chain is for whoever asks for it. */
const firstLook = 10_000;

export function openChainWatch(parts: WatchParts): ChainWatch {
  const { store, folder } = parts;
  let sound: KnownPlace | null = null;
  const checkpoints = async (): Promise<ReadCheckpoints> =>
    readCheckpoints([...(await stored(parts)), ...(await keptCheckpoints(folder))], await parts.publicKeys());
  return {
    checkpoints,
    async verify({ from, to }) {
      const head = await store.ledger.head(); // what is added while we read is no part of the question
      const { checkpoints: signed, forged } = await checkpoints();
      const isWhole = to === null || to >= head.lastSeq;
      const rows = rowsOf(parts, from, isWhole ? head.lastSeq : to);
      const ends = isWhole ? { to: null, head } : { to, head: null };
      const verdict = await checkRows({ rows, from, ...ends, checkpoints: signed });
      return { ...verdict, forgedCheckpoints: forged };
    },
    async checkNewest() {
      const head = await store.ledger.head();
      const from = sound === null ? Math.max(1, head.seq - firstLook + 1) : sound.seq + 1;
      const known = sound === null ? (await checkpoints()).checkpoints : [sound];
      const rows = rowsOf(parts, from, head.lastSeq);
      const { firstBroken } = await checkRows({ rows, head, from, to: null, checkpoints: known });
      parts.metrics.auditChain({ ok: firstBroken === null });
      if (firstBroken === null) sound = head.seq === 0 ? null : head;
      else parts.log.error('audit.chain-broken', { seq: firstBroken.seq, kind: firstBroken.kind });
    },
  };
}

const rowsOf = ({ store }: WatchParts, from: number, to: number) =>
  inPages((next) => store.ledger.rows({ from: next, to, limit: pageRows, courtCodes: null, withReasons: false }), from);

async function stored({ store }: WatchParts): Promise<readonly string[]> {
  const texts: string[] = [];
  for (let after = 0; ; ) {
    const page = await store.ledger.checkpoints.list({ after, limit: mostCheckpoints });
    texts.push(...page.map(({ jws }) => jws));
    const last = page.at(-1);
    if (last === undefined || page.length < mostCheckpoints) return texts;
    after = last.seq;
  }
}
