import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import { actOf } from './act-of.ts';

export interface OperationRecorded {
  readonly done: string;
  readonly channelId: string | null;
  readonly agencyId: string | null;
  readonly reason?: string;
}

/**
 * What operators do reaches queues and workers and is no single transaction. It is therefore recorded before it is
 * begun: what could not be recorded is not done.
 */
export async function recordOperation(
  { store }: Pick<Gateway, 'store'>,
  exchange: Exchange,
  { done, channelId, agencyId, reason }: OperationRecorded,
): Promise<void> {
  const objectId = (agencyId ?? channelId)?.slice(0, 100) ?? null;
  const detail = { done, channelId, agencyId };
  await store.ledger.record(
    actOf(exchange, { action: 'operations.changed', objectId, reason: reason ?? null, detail }),
  );
}
