import type { Store } from '#store';

/** Tells streams and waiting requests that something has happened to an inquiry. A hint: the rows are the truth. */
export interface InquiryFeed {
  /** @returns ends the subscription */
  subscribe(inquiryId: string, wake: () => void): () => void;
  close(): Promise<void>;
}

/** One listening connection for the whole gateway, whatever the number of streams. */
export function openInquiryFeed(store: Pick<Store, 'events'>): InquiryFeed {
  const wakes = new Map<string, Set<() => void>>();
  const wakeAll = (group: Iterable<() => void>) => {
    for (const wake of group) wake();
  };
  const listening = store.events.listen({
    onInquiry: (inquiryId) => wakeAll(wakes.get(inquiryId) ?? []),
    onGap: () => wakeAll([...wakes.values()].flatMap((own) => [...own])),
  });
  return {
    subscribe(inquiryId, wake) {
      const own = wakes.get(inquiryId) ?? new Set();
      wakes.set(inquiryId, own.add(wake));
      return () => {
        own.delete(wake);
        if (own.size === 0 && wakes.get(inquiryId) === own) wakes.delete(inquiryId);
      };
    },
    close: () => listening.close(),
  };
}

/** Waits for news of one inquiry without losing any that come between two waits. */
export interface Watch {
  /** Resolves at news, after `ms`, or when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  end(): void;
}

export function watchInquiry(feed: InquiryFeed, inquiryId: string): Watch {
  let hasNews = false;
  let wake = () => {};
  const end = feed.subscribe(inquiryId, () => {
    hasNews = true;
    wake();
  });
  return {
    end,
    async wait(ms, signal) {
      if (!hasNews && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            resolve();
          };
          const timer = setTimeout(done, ms);
          signal.addEventListener('abort', done);
          wake = done;
        });
      }
      hasNews = false;
    },
  };
}
