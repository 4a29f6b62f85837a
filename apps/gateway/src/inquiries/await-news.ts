import type { RowScope } from '#contracts';
import { watchInquiry } from '../events/inquiry-feed.ts';
import type { Gateway } from '../gateway.ts';
import { foundOr404 } from '../http/problem-error.ts';

export interface NewsAwaited {
  readonly inquiryId: string;
  readonly rows: RowScope;
  /** Null: whatever is there will do. */
  readonly after: number | null;
  readonly waitSeconds: number;
}

/** A notification may be lost; this often the row itself is looked at. */
const lookEveryMs = 3_000;

/** Long polling: resolves when the inquiry has something newer, when the time is up, or when the gateway closes. */
export async function awaitNews(
  { store, feed, closing, clock }: Gateway,
  { inquiryId, rows, after, waitSeconds }: NewsAwaited,
): Promise<void> {
  if (after === null || waitSeconds === 0) return;
  const endsAtMs = clock.monotonicMs() + waitSeconds * 1_000;
  const watch = watchInquiry(feed, inquiryId);
  try {
    for (;;) {
      const { seq } = foundOr404(await store.inquiries.head(inquiryId, rows), 'inquiry');
      const leftMs = endsAtMs - clock.monotonicMs();
      if (seq > after || leftMs <= 0 || closing.aborted) return;
      await watch.wait(Math.min(leftMs, lookEveryMs), closing);
    }
  } finally {
    watch.end();
  }
}
