import type { InquiryItem } from '#contracts';
import { cancelLines, type CancellationToMake } from './cancellation.ts';
import type { Transaction } from './database.ts';
import { createInquiry, type InquiryToCreate } from './inquiry-creation.ts';
import { closeInquiry } from './inquiry-event.ts';
import {
  getInquiry,
  headInquiry,
  type InquiryHead,
  type InquiryPage,
  listInquiries,
  type StoredInquiry,
} from './inquiry-rows.ts';
import { dueShards, type OpenShard, openShards, unclosedInquiries, unmergedInquiries } from './open-work.ts';
import { type Requeried, requeryLines, type RequeryToMake } from './requery.ts';
import { createSerials } from './serials.ts';
import type { StoreContext } from './store-context.ts';

/**
 * Inquiries (查询) and their plans. Before: the plan is made (libs/inquiry/src/plan.ts). After: the flow of jobs is
 * enqueued (libs/queue/src/inquiry-flow.ts). What is stored here is the truth; jobs are re-created from it.
 */
export type Inquiries = {
  /** Inside the given transaction (`idempotency.run`), or in one of its own. */
  create(tx: Transaction | null, toCreate: InquiryToCreate): Promise<void>;
  /** The first of `count` consecutive numbers for request numbers, given out once and for ever. */
  nextSerials(count: number): Promise<number>;
  /** With the whole plan. `courtCode` null: from inside the product. Null: not there, or another court's. */
  get(inquiryId: string, courtCode: string | null): Promise<StoredInquiry | null>;
  /** Without plan and sealed parts. */
  head(inquiryId: string, courtCode: string | null): Promise<InquiryHead | null>;
  /** Newest first. */
  list(page: InquiryPage): Promise<readonly InquiryItem[]>;
  close(inquiryId: string, at: Date): Promise<boolean>;
  cancelLines(toMake: CancellationToMake): Promise<number>;
  requery(toMake: RequeryToMake): Promise<Requeried>;
  /** Shards that must have a job, in a fixed order. `after`: the last one of the page before. */
  openShards(limit: number, after?: OpenShard | null): Promise<readonly OpenShard[]>;
  /** How many shards have work to be done at this time, counted up to `most`. */
  dueShards(at: Date, most: number): Promise<number>;
  /** Settled or closed, with something new since the newest report. */
  unmerged(limit: number): Promise<readonly string[]>;
  /** Not closed although the deadline has come by then. */
  unclosed(at: Date, limit: number): Promise<readonly string[]>;
};

export function openInquiries(context: StoreContext): Inquiries {
  const { db } = context;
  return {
    create: (tx, toCreate) =>
      tx
        ? createInquiry(context, tx, toCreate)
        : db.transaction().execute((own) => createInquiry(context, own, toCreate)),
    nextSerials: createSerials(db),
    get: (inquiryId, courtCode) => getInquiry(context, inquiryId, courtCode),
    head: (inquiryId, courtCode) => headInquiry(context, inquiryId, courtCode),
    list: (page) => listInquiries(context, page),
    close: (inquiryId, at) => closeInquiry(context, inquiryId, at),
    cancelLines: (toMake) => cancelLines(context, toMake),
    requery: (toMake) => requeryLines(context, toMake),
    unmerged: (limit) => unmergedInquiries(context, limit),
    openShards: (limit, after = null) => openShards(context, limit, after),
    dueShards: (at, most) => dueShards(context, at, most),
    unclosed: (at, limit) => unclosedInquiries(context, at, limit),
  };
}
