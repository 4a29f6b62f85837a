import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { lockInquiry, writeEvent, writeGroundedEvent } from './inquiry-event.ts';
import type { StoreContext } from './store-context.ts';

export type InquiryPauseToMake = {
  readonly inquiryId: string;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
};

/** Holds an inquiry (暂停): from the commit on no shard is asked and no task handed out. False: it is held already. */
export async function pauseInquiry(
  context: StoreContext,
  tx: Transaction,
  toMake: InquiryPauseToMake,
): Promise<boolean> {
  const { inquiryId, by, reason, at } = toMake;
  if (!(await lockInquiry(tx, inquiryId))) return false;
  const { rows } = await sql<{ inquiry_id: string }>`INSERT INTO inquiry_pauses (inquiry_id, paused_by, paused_at)
    VALUES (${inquiryId}, ${by}, ${at}) ON CONFLICT DO NOTHING RETURNING inquiry_id`.execute(tx);
  if (rows.length === 0) return false;
  const grounds = { cause: 'officer', reason } as const;
  await writeGroundedEvent(context, tx, { inquiryId, kind: 'paused', at, by, agencyIds: null, grounds });
  return true;
}

/** False: it was not held. */
export async function resumeInquiry(
  tx: Transaction,
  { inquiryId, by, at }: Omit<InquiryPauseToMake, 'reason'>,
): Promise<boolean> {
  if (!(await lockInquiry(tx, inquiryId))) return false;
  const { rows } = await sql<{ inquiry_id: string }>`DELETE FROM inquiry_pauses WHERE inquiry_id = ${inquiryId}
    RETURNING inquiry_id`.execute(tx);
  if (rows.length === 0) return false;
  await writeEvent(tx, { inquiryId, kind: 'resumed', at, by, agencyIds: null });
  return true;
}
