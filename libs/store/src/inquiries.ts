import type { InquiryItem, RequeryItem, RowScope } from '#contracts';
import { type HandStatement, stateByHand, type StatementTaken } from './answer-by-hand.ts';
import { cancelLines, type CancellationToMake } from './cancellation.ts';
import type { Transaction } from './database.ts';
import { createInquiry, type InquiryToCreate } from './inquiry-creation.ts';
import { closeInquiry } from './inquiry-event.ts';
import { type InquiryPauseToMake, pauseInquiry, resumeInquiry } from './inquiry-pauses.ts';
import {
  getInquiry,
  headInquiry,
  type InquiryHead,
  type InquiryPage,
  listInquiries,
  type StoredInquiry,
} from './inquiry-rows.ts';
import { openLinesAt, type OpenLinesAsked, type OpenLinesOfInquiry } from './open-lines.ts';
import { dueShards, type OpenShard, openShards, unclosedInquiries, unmergedInquiries } from './open-work.ts';
import {
  recoverableInquiries,
  type Recoverable,
  type RecoveryPage,
  type RecoveryToMake,
  requeryRecovered,
} from './recovery.ts';
import { type Requeried, requeryLines, type RequeryToMake } from './requery.ts';
import { type AskedAgain, listRequeries, readAskedAgain, type RequeryPage } from './requery-history.ts';
import { createSerials } from './serials.ts';
import type { StoreContext } from './store-context.ts';
import { inTransaction } from './transaction.ts';

/**
 * Inquiries (查询) and their plans. Before: the plan is made (libs/inquiry/src/plan.ts). After: the flow of jobs is
 * enqueued (libs/queue/src/inquiry-flow.ts). What is stored here is the truth; jobs are re-created from it.
 */
export type Inquiries = {
  /** Inside the given transaction (`idempotency.run`), or in one of its own. */
  create(tx: Transaction | null, toCreate: InquiryToCreate): Promise<void>;
  /** The first of `count` consecutive numbers for request numbers, given out once and for ever. */
  nextSerials(count: number): Promise<number>;
  /** With the whole plan. Null: not there, or not theirs to see. */
  get(inquiryId: string, rows: RowScope): Promise<StoredInquiry | null>;
  /** Without plan and sealed parts. */
  head(inquiryId: string, rows: RowScope): Promise<InquiryHead | null>;
  /** Newest first. */
  list(page: InquiryPage): Promise<readonly InquiryItem[]>;
  close(inquiryId: string, at: Date): Promise<boolean>;
  /** `tx` of these: the transaction of `idempotency.run`; left out, one of its own. */
  cancelLines(toMake: CancellationToMake, tx?: Transaction): Promise<number>;
  requery(toMake: RequeryToMake, tx?: Transaction): Promise<Requeried>;
  /** By agency; locks the inquiry, so that what follows from it holds until the end of the transaction. */
  askedAgain(tx: Transaction, inquiryId: string): Promise<ReadonlyMap<string, AskedAgain>>;
  /** Oldest first. */
  requeries(page: RequeryPage): Promise<readonly RequeryItem[]>;
  recoverable(page: RecoveryPage): Promise<Recoverable>;
  requeryRecovered(toMake: RecoveryToMake): Promise<Requeried | null>;
  /** False: it is held already (or not held). */
  pause(tx: Transaction, toMake: InquiryPauseToMake): Promise<boolean>;
  resume(inquiry: Omit<InquiryPauseToMake, 'reason'>): Promise<boolean>;
  /** What an agency told the court without answering. */
  state(tx: Transaction, statement: HandStatement): Promise<StatementTaken>;
  /** Inquiries with open lines at a channel or agency. */
  openLinesAt(asked: OpenLinesAsked): Promise<readonly OpenLinesOfInquiry[]>;
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
    get: (inquiryId, rows) => getInquiry(context, inquiryId, rows),
    head: (inquiryId, rows) => headInquiry(context, inquiryId, rows),
    list: (page) => listInquiries(context, page),
    close: (inquiryId, at) => closeInquiry(context, inquiryId, at),
    cancelLines: (toMake, tx) => cancelLines(context, toMake, tx),
    requery: (toMake, tx) => requeryLines(context, toMake, tx),
    ...lifeOf(context),
    unmerged: (limit) => unmergedInquiries(context, limit),
    openShards: (limit, after = null) => openShards(context, limit, after),
    dueShards: (at, most) => dueShards(context, at, most),
    unclosed: (at, limit) => unclosedInquiries(context, at, limit),
  };
}

type Life =
  | 'askedAgain'
  | 'requeries'
  | 'recoverable'
  | 'requeryRecovered'
  | 'pause'
  | 'resume'
  | 'state'
  | 'openLinesAt';

/** What people, and agencies that come back, do to an inquiry that is under way. */
const lifeOf = (context: StoreContext): Pick<Inquiries, Life> => ({
  askedAgain: readAskedAgain,
  requeries: (page) => listRequeries(context, page),
  recoverable: (page) => recoverableInquiries(context, page),
  requeryRecovered: (toMake) => requeryRecovered(context, toMake),
  pause: (tx, toMake) => pauseInquiry(context, tx, toMake),
  resume: (toMake) => inTransaction(context.db, (tx) => resumeInquiry(tx, toMake)),
  state: (tx, statement) => stateByHand(context, tx, statement),
  openLinesAt: (asked) => openLinesAt(context, asked),
});
