import { type Inquiry, type Plan, takesTasks } from '#contracts';
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { type PlacedLine, sealLines, shardLinesPlace, splitPlan, unaskedPlace } from './plan-lines.ts';
import type { StoreContext } from './store-context.ts';
import { StoreFault } from './store-fault.ts';

export type InquiryToCreate = {
  readonly inquiry: Inquiry;
  readonly caseId: string;
  readonly debtorId: string;
  readonly courtCode: string;
  readonly plan: Plan;
  /** When the inquiry is closed with what is there then. */
  readonly closeAt: Date;
  readonly documentFileId: string | null;
  readonly requestedBy: string;
};

export const inquiryPlace = (inquiryId: string): string => `inquiries.body/${inquiryId}`;

const documentKind = 'document-number';
const documentIndex = ({ keyring }: StoreContext, documentNumber: string): string =>
  keyring.blindIndex(documentKind, documentNumber);
export const documentIndexes = ({ keyring }: StoreContext, documentNumber: string): readonly string[] =>
  keyring.blindIndexes(documentKind, documentNumber);

type ShardPart = ReturnType<typeof splitPlan>['byShard'][number];

/** Inquiry, shards and mailbox tasks; the caller's transaction makes them one. From its commit on nothing can be lost. */
export async function createInquiry(context: StoreContext, tx: Db, toCreate: InquiryToCreate): Promise<void> {
  const { byShard, unasked } = splitPlan(toCreate.plan);
  const asked = byShard.reduce((sum, { placed }) => sum + placed.length, 0);
  if (byShard.some(({ shard, placed }) => shard.agencyIds.length !== placed.length))
    throw new StoreFault('plan-unsound');
  if (asked + unasked.length !== toCreate.plan.lines.length) throw new StoreFault('plan-unsound');
  await insertInquiry(context, tx, { ...toCreate, asked, unasked });
  if (byShard.length > 0) await insertShards(context, tx, { inquiryId: toCreate.inquiry.inquiryId, byShard });
  await insertTasks(tx, toCreate.inquiry.inquiryId, byShard);
}

async function insertInquiry(
  context: StoreContext,
  tx: Db,
  { inquiry, asked, unasked, ...rest }: InquiryToCreate & { asked: number; unasked: readonly PlacedLine[] },
): Promise<void> {
  const { seals } = context;
  await tx
    .insertInto('inquiries')
    .values({
      inquiry_id: inquiry.inquiryId,
      case_id: rest.caseId,
      debtor_id: rest.debtorId,
      court_code: rest.courtCode,
      purpose: inquiry.purpose,
      requested_by: rest.requestedBy,
      requested_at: new Date(inquiry.requestedAt),
      due_at: new Date(inquiry.dueAt),
      close_at: rest.closeAt,
      document_file_id: rest.documentFileId,
      document_index: documentIndex(context, inquiry.legal.documentNumber),
      body: seals.sealJson(inquiry, inquiryPlace(inquiry.inquiryId)),
      unasked: sealLines(seals, unasked, unaskedPlace(inquiry.inquiryId)),
      asked_count: asked,
      unasked_count: unasked.length,
    })
    .execute();
}

type NewShards = { readonly inquiryId: string; readonly byShard: readonly ShardPart[] };

async function insertShards({ seals }: StoreContext, tx: Db, { inquiryId, byShard }: NewShards): Promise<void> {
  await tx
    .insertInto('shards')
    .values(
      byShard.map(({ shard: { channelId, shardNo, agencyIds }, placed }) => ({
        inquiry_id: inquiryId,
        channel_id: channelId,
        shard_no: shardNo,
        mode: placed[0]?.line.mode ?? 'call',
        agency_ids: [...agencyIds],
        lines: sealLines(seals, placed, shardLinesPlace({ inquiryId, channelId, shardNo })),
      })),
    )
    .execute();
}

async function insertTasks(tx: Db, inquiryId: string, byShard: readonly ShardPart[]): Promise<void> {
  const lines = byShard
    .flatMap(({ placed }) => placed.map(({ line }) => line))
    .filter(({ mode }) => mode !== null && takesTasks(mode));
  if (lines.length === 0) return;
  const channels = lines.map(({ channelId }) => channelId);
  const numbers = lines.map(({ requestNumber }) => requestNumber);
  const agencies = lines.map(({ agencyId }) => agencyId);
  const shards = lines.map(({ shardNo }) => shardNo);
  await sql`INSERT INTO mailbox_tasks (channel_id, request_number, inquiry_id, agency_id, shard_no)
    SELECT channel_id, request_number, ${inquiryId}, agency_id, shard_no
    FROM unnest(${channels}::text[], ${numbers}::text[], ${agencies}::text[], ${shards}::int[])
      AS task (channel_id, request_number, agency_id, shard_no)`.execute(tx);
}
