import { describe, it } from '@jest/globals';
import { openInquiryFeed, watchInquiry } from './inquiry-feed.ts';

type Options = Parameters<Parameters<typeof openInquiryFeed>[0]['events']['listen']>[0];

function fakeStore() {
  const heard: Options[] = [];
  const listen = (options: Options) => {
    heard.push(options);
    return { ready: Promise.resolve(), close: () => Promise.resolve() };
  };
  return { heard, store: { events: { listen, after: () => Promise.resolve([]) } } };
}
const never = new AbortController().signal;
const minuteMs = 60_000;

describe('the feed of an inquiry', () => {
  it('wakes who waits for that inquiry, and loses no news between two waits', async () => {
    const { heard, store } = fakeStore();
    const feed = openInquiryFeed(store);
    const watch = watchInquiry(feed, 'inq_1');
    heard[0]?.onInquiry('inq_1'); // before anybody waits
    await watch.wait(minuteMs, never);
    const waiting = watch.wait(minuteMs, never);
    heard[0]?.onInquiry('inq_2');
    heard[0]?.onInquiry('inq_1');
    await waiting;
    const afterGap = watch.wait(minuteMs, never);
    heard[0]?.onGap?.();
    await afterGap;
    watch.end();
    heard[0]?.onInquiry('inq_1'); // nobody is there any more
  });

  it('ends a wait with its signal', async () => {
    const { store } = fakeStore();
    const watch = watchInquiry(openInquiryFeed(store), 'inq_1');
    const gone = new AbortController();
    const waiting = watch.wait(minuteMs, gone.signal);
    gone.abort();
    await waiting;
    await watch.wait(minuteMs, gone.signal);
  });
});
