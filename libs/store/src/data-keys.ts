import type { AuditEntry, Wrapped } from '#contracts';
import { type DataKeyKeeper, succeed } from './data-key-keeper.ts';
import { insertEarlier, type KeptDataKey, newestSealing, readDataKeys, replaceWrapped } from './data-key-rows.ts';
import { openLedger } from './ledger.ts';
import type { StoreContext } from './store-context.ts';
import { StoreFault } from './store-fault.ts';
import { inTransaction } from './transaction.ts';

export type Rotation = {
  readonly rewrapped: number;
  /** Were wrapped by the first wrapping key already. */
  readonly unchanged: number;
  /** Keys of version 1 that became data keys, so that rows sealed with them do not need the keyring. */
  readonly takenOver: number;
  /** Still under another key. Not 0: rotate again. */
  readonly left: number;
};

/** Who rotates, for the ledger; what was done is added. */
export type KeyAct = Omit<AuditEntry, 'action' | 'objectId' | 'detail'>;

/** Acts of operators on the data keys. No row of personal data is touched by any. */
export type DataKeys = {
  /** For values of one's own that are kept nowhere, such as cursors, and for looking up what is indexed. */
  blindIndex(kind: string, value: string): string;
  /**
   * Wraps every data key with the first wrapping key, while everybody goes on. Each batch is one transaction with its
   * entry in the ledger; what was interrupted is done by running it again.
   */
  rotate(act: KeyAct, signal: AbortSignal): Promise<Rotation>;
  /** Lets a new data key take over from the one that seals now; its id. */
  retire(act: KeyAct, signal: AbortSignal): Promise<string>;
};

export const openDataKeys = (context: StoreContext, keeper: DataKeyKeeper): DataKeys => ({
  blindIndex: (kind, value) => context.keyring.blindIndex(kind, value),
  rotate: (act, signal) => rotate({ context, keeper }, act, signal),
  retire: (act, signal) => retire({ context, keeper }, act, signal),
});

type Parts = { readonly context: StoreContext; readonly keeper: DataKeyKeeper };
const batchSize = 100;

async function rotate({ context, keeper }: Parts, act: KeyAct, signal: AbortSignal): Promise<Rotation> {
  const { db } = context;
  const { keys } = keeper;
  await keys.rereadWrappingKeys();
  const takenOver = await takeOver(context, keeper, signal);
  const rows = (await readDataKeys(db)).keys;
  let rewrapped = 0;
  let unchanged = 0;
  for (let from = 0; from < rows.length; from += batchSize) {
    const batch = await rewrapBatch(keeper, rows.slice(from, from + batchSize), signal);
    unchanged += Math.min(batchSize, rows.length - from) - batch.length;
    rewrapped += await store(context, act, batch);
  }
  const after = (await readDataKeys(db)).keys;
  const left = after.filter(({ wrappingKeyId }) => !keys.isFirstWrapping(wrappingKeyId)).length;
  await keeper.read();
  return { rewrapped, unchanged, takenOver, left };
}

/** In a database older than data keys, where a process of the version before may still seal with the keyring itself. */
async function takeOver({ db }: StoreContext, { keys }: DataKeyKeeper, signal: AbortSignal): Promise<number> {
  const isOlder = (await readDataKeys(db)).keys.some(({ dataKeyId }) => dataKeyId.startsWith('v1.'));
  return isOlder ? insertEarlier(db, await keys.earlier('seal', signal)) : 0;
}

type Rewrapped = { readonly before: KeptDataKey; readonly now: Wrapped };

/** Waits for the key service outside of any transaction. */
async function rewrapBatch(
  { keys }: DataKeyKeeper,
  rows: readonly KeptDataKey[],
  signal: AbortSignal,
): Promise<readonly Rewrapped[]> {
  const batch: Rewrapped[] = [];
  for (const before of rows) {
    signal.throwIfAborted();
    const now = await keys.rewrap(before, signal);
    if (now) batch.push({ before, now });
  }
  return batch;
}

function store(context: StoreContext, act: KeyAct, batch: readonly Rewrapped[]): Promise<number> {
  if (batch.length === 0) return Promise.resolve(0);
  return inTransaction(context.db, async (tx) => {
    let stored = 0;
    for (const { before, now } of batch) {
      if (await replaceWrapped(tx, before, { dataKeyId: before.dataKeyId, ...now })) stored += 1;
    }
    const to = batch[0]?.now.wrappingKeyId ?? '';
    const detail = { what: 'rewrapped', dataKeys: stored, wrappingKey: to.slice(0, 200) };
    await openLedger(context).record({ ...act, action: 'keys.rotated', objectId: null, detail }, tx);
    return stored;
  });
}

async function retire({ context, keeper }: Parts, act: KeyAct, signal: AbortSignal): Promise<string> {
  const newest = newestSealing(await readDataKeys(context.db));
  if (!newest) throw new StoreFault('data-keys-missing');
  const { dataKeyId } = newest;
  await inTransaction(context.db, async (tx) => {
    const isFirst = await succeed({ db: tx, keys: keeper.keys, log: context.log }, dataKeyId, signal);
    if (!isFirst) return; // another process let one take over meanwhile: it is retired
    const detail = { what: 'retired', dataKeys: 1 };
    await openLedger(context).record({ ...act, action: 'keys.rotated', objectId: dataKeyId, detail }, tx);
  });
  await keeper.read();
  return dataKeyId;
}
