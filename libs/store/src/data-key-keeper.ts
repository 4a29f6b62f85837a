import { setTimeout as delay } from 'node:timers/promises';
import {
  addSeals,
  insertFirstKeys,
  insertNextKey,
  type KeysRead,
  newestSealing,
  readDataKeys,
} from './data-key-rows.ts';
import type { Db } from './database.ts';
import { type Listening, startListening } from './listening.ts';
import type { StoreKeyring, StoreKeys, StoreLog } from './store-context.ts';
import { codeOf, StoreFault } from './store-fault.ts';
import { inTransaction } from './transaction.ts';

export type KeeperParts = {
  readonly db: Db;
  readonly databaseUrl: string;
  readonly keys: StoreKeys;
  readonly log: StoreLog;
};

/** Keeps the keys in memory in step with the table of data keys, and makes the next one when it is time. */
export type DataKeyKeeper = {
  readonly keys: StoreKeys;
  /** For the parts of the store. An envelope whose key is unknown is refused, and the table is read again at once. */
  readonly keyring: StoreKeyring;
  /** Resolves when there is a key to seal with. @throws when the table cannot be read, or a key in it not unwrapped */
  start(): Promise<void>;
  /** Reads the table again now; rejects when that fails. */
  read(): Promise<void>;
  close(): Promise<void>;
};

const closeWithinMs = 2_000;

export function keepDataKeys(parts: KeeperParts): DataKeyKeeper {
  const { keys, databaseUrl, log } = parts;
  const closing = new AbortController();
  const { signal } = closing;
  let listening: Listening | null = null;
  let timer: NodeJS.Timeout | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch((error: unknown) => codeOf(error));
    return turn;
  };
  const look = (): void => {
    if (signal.aborted) return;
    void inTurn(() => visit(parts, signal)).catch((error: unknown) => {
      if (!signal.aborted) log.warn('keys.not-read', { code: codeOf(error) ?? 'unknown' });
    });
  };
  return {
    keys,
    keyring: readingAgain(keys, look),
    async start() {
      await inTurn(() => begin(parts, signal));
      listening = startListening({ databaseUrl, channel: 'chakong_keys', onNotice: look, onGap: look, log });
      timer = setInterval(look, keys.turnover.readEveryMs).unref();
    },
    read: () => inTurn(() => takeIn(parts, signal).then(() => undefined)),
    async close() {
      if (timer) clearInterval(timer);
      const rest = inTurn(() => tellSeals(parts)).catch((error: unknown) => codeOf(error));
      closing.abort();
      await Promise.race([rest, delay(closeWithinMs, undefined, { ref: false })]);
      await listening?.close();
    },
  };
}

/** Opening is synchronous, so it cannot wait for the key: the work fails, and its next try finds the key. */
function readingAgain(keys: StoreKeys, look: () => void): StoreKeyring {
  return {
    ...keys,
    open(bytes, context) {
      try {
        return keys.open(bytes, context);
      } catch (error) {
        if (codeOf(error) === 'key-unknown') look();
        throw error;
      }
    },
  };
}

async function takeIn({ db, keys }: KeeperParts, signal: AbortSignal): Promise<KeysRead> {
  const read = await readDataKeys(db);
  await keys.take(read.keys, read.at, signal);
  return read;
}

async function begin(parts: KeeperParts, signal: AbortSignal): Promise<void> {
  const { db, keys, log } = parts;
  if (newestSealing(await readDataKeys(db)) === null) {
    const [seal, index, earlierSeals, earlierIndexes] = await Promise.all([
      keys.make('seal', signal),
      keys.make('blind-index', signal),
      keys.earlier('seal', signal),
      keys.earlier('blind-index', signal),
    ]);
    await insertFirstKeys(db, { seal, index, earlierSeals, earlierIndexes });
    log.info('keys.first-made');
  }
  if (newestSealing(await takeIn(parts, signal)) === null) throw new StoreFault('data-keys-missing');
}

/** What is done now and then: tells how often was sealed, reads, and lets the next key take over. */
async function visit(parts: KeeperParts, signal: AbortSignal): Promise<void> {
  await tellSeals(parts);
  const read = await takeIn(parts, signal);
  const newest = newestSealing(read);
  if (!newest) throw new StoreFault('data-keys-missing');
  const { everyMs, mostSeals } = parts.keys.turnover;
  const ageMs = read.at.getTime() - newest.activeFrom.getTime();
  const isDue = ageMs >= everyMs || newest.seals >= mostSeals;
  if (isDue) await inTransaction(parts.db, (tx) => succeed({ ...parts, db: tx }, newest.dataKeyId, signal));
}

/** Lets a new key take over from `replaced`. False: another process was first. */
export async function succeed(
  { db, keys, log }: Omit<KeeperParts, 'databaseUrl'>,
  replaced: string,
  signal: AbortSignal,
): Promise<boolean> {
  const next = await keys.make('seal', signal);
  const { activeAfterMs } = keys.turnover;
  const isFirst = await insertNextKey(db, { next, replaced, activeAfterMs });
  if (isFirst) log.info('keys.next-made', { dataKeyId: next.dataKeyId, replaced });
  return isFirst;
}

async function tellSeals({ db, keys }: KeeperParts): Promise<void> {
  const counts = keys.uncounted();
  await addSeals(db, counts);
  keys.counted(counts);
}
