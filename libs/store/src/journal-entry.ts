import type { JournalAnswer } from './answer-batch.ts';

/** Answers of one shard, to be appended to the journal. */
export type JournalEntry = {
  readonly inquiryId: string;
  readonly channelId: string;
  readonly shardNo: number;
  /** The token of `shards.begin`; null where no worker holds the shard: mailbox feedback, cancellation, closing. */
  readonly fence: number | null;
  readonly answers: readonly JournalAnswer[];
};
/** Entries that become one row: of one inquiry, and all of them hold their shards or none is written. */
export type RowOfEntries = readonly JournalEntry[];
