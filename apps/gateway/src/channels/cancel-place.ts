import type { ChannelCancellationView } from '#contracts';
import { recordOperation } from '../audit/record-operation.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Done } from '../http/intents.ts';
import { sendMerge } from '../inquiries/send-inquiry.ts';

type Place = { readonly channelId: string; readonly agencyId: string | null };
type Withdrawal = Place & { readonly reason: string; readonly dryRun: boolean };

const pageSize = 100;
/** Inquiries in one call; a count looks at more than a call may change. */
const mostInquiries = { run: 200, dryRun: 10_000 } as const;

/**
 * Withdraws what is open at a channel or agency, inquiry by inquiry, each in a transaction of its own. `more`: the same
 * intent under a new key goes on where this one ended.
 */
export async function cancelPlace(
  gateway: Gateway,
  exchange: Exchange,
  { channelId, agencyId, reason, dryRun }: Withdrawal,
): Promise<Done<ChannelCancellationView>> {
  const { store, clock, log } = gateway;
  const { officer } = exchange.caller;
  await recordOperation(gateway, exchange, { done: dryRun ? 'cancel-dry-run' : 'cancel', channelId, agencyId, reason });
  const most = dryRun ? mostInquiries.dryRun : mostInquiries.run;
  const count = { inquiries: 0, lines: 0, more: false };
  for (let after: string | null = null; ; ) {
    const page = await store.inquiries.openLinesAt({ channelId, agencyId, after, limit: pageSize });
    for (const { inquiryId, agencyIds } of page.filter((each) => each.agencyIds.length > 0)) {
      if (count.inquiries >= most) {
        count.more = true;
        break;
      }
      const grounds = { cause: 'operator', reason } as const;
      const toMake = { inquiryId, agencyIds, grounds, by: officer.userId, at: clock.now() };
      count.lines += dryRun ? agencyIds.length : await store.inquiries.cancelLines(toMake);
      count.inquiries += 1;
      if (!dryRun) await mergeIfSettled(gateway, inquiryId);
    }
    after = page.at(-1)?.inquiryId ?? null;
    if (page.length < pageSize || count.more) break;
  }
  log.warn('channel.cancelled', { channelId, agencyId, dryRun, ...count });
  const view = { channelId, agencyId, dryRun, ...count };
  return { status: 200, location: null, view, kept: view };
}

async function mergeIfSettled(gateway: Gateway, inquiryId: string): Promise<void> {
  const shards = await gateway.store.shards.state(inquiryId);
  if (shards.every(({ settled }) => settled)) await sendMerge(gateway, inquiryId);
}
