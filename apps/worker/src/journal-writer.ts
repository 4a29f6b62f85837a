import type { Answered } from '#adapter-kit';
import type { Answer } from '#contracts';
import type { JournalEntry, Store } from '#store';

/** Where an answer belongs, and the token that proves that the shard is still ours. */
export interface ShardClaim {
  readonly inquiryId: string;
  readonly channelId: string;
  readonly shardNo: number;
  readonly fence: number;
}

/** The shard was taken over by another worker: this one stops writing and stops asking. */
export class ShardLost extends Error {
  override readonly name = 'ShardLost';
  readonly code = 'shard-lost';
}

export interface JournalWriter {
  /** Resolves when the answer is durable; rejects when it could not be stored, or with ShardLost. */
  write(claim: ShardClaim, answered: Answered): Promise<void>;
  /** Waits for everything accepted so far. */
  drain(): Promise<void>;
}

interface Waiting {
  readonly claim: ShardClaim;
  readonly answered: Answered;
  readonly stored: () => void;
  readonly failed: (error: unknown) => void;
}

export interface JournalWriterOptions {
  readonly flushMs: number; // how long the first answer of a batch waits for company
  readonly maxBatch: number;
  readonly onFlush: (batch: { readonly answers: number; readonly ms: number }) => void;
  /** Answers that are durable now. */
  readonly onStored?: (answers: readonly Answer[]) => void;
  /** Answers that came after another worker had taken the shard over: refused by the fence, which is as it should be. */
  readonly onRefused: (claim: ShardClaim, answers: number) => void;
}

/**
 * Group commit: answers of all shards of this process go to the journal in one transaction, one flush at a time. While
 * a flush is under way the next batch grows by itself, so that a busy worker writes large batches and a quiet one is quick.
 */
export function openJournalWriter(store: Pick<Store, 'journal'>, options: JournalWriterOptions): JournalWriter {
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | null = null;

  async function flushAll(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, options.flushMs));
    while (waiting.length > 0) {
      const batch = waiting.slice(0, options.maxBatch);
      waiting = waiting.slice(batch.length);
      await flush(store, batch, options);
    }
    flushing = null;
  }

  return {
    write: (claim, answered) =>
      new Promise((stored, failed) => {
        waiting.push({ claim, answered, stored, failed });
        flushing ??= flushAll();
      }),
    async drain() {
      while (flushing) await flushing;
    },
  };
}

async function flush(
  store: Pick<Store, 'journal'>,
  batch: readonly Waiting[],
  { onFlush, onStored, onRefused }: JournalWriterOptions,
): Promise<void> {
  const startedAt = performance.now();
  const groups = [
    ...Map.groupBy(
      batch,
      ({ claim }) => `${claim.inquiryId}.${claim.channelId}.${claim.shardNo}.${claim.fence}`,
    ).values(),
  ];
  const entries = groups.flatMap((group): JournalEntry[] => {
    const [first] = group;
    return first ? [{ ...first.claim, answers: group.map(({ answered }) => answered) }] : [];
  });
  try {
    const outcomes = await store.journal.append(entries);
    groups.forEach((group, index) => {
      const accepted = outcomes[index]?.accepted === true;
      if (accepted) onStored?.(group.map(({ answered }) => answered.answer));
      const [first] = group;
      if (!accepted && first) onRefused(first.claim, group.length);
      for (const { stored, failed } of group) {
        if (accepted) stored();
        else failed(new ShardLost('another worker has taken this shard over'));
      }
    });
    onFlush({ answers: batch.length, ms: performance.now() - startedAt });
  } catch (error) {
    for (const { failed } of batch) failed(error);
  }
}
