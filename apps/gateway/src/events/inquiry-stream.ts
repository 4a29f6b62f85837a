import { errorCode } from '#platform';
import type { Gateway } from '../gateway.ts';
import { isDone, readView } from '../inquiries/inquiry-view.ts';
import { watchInquiry } from './inquiry-feed.ts';
import { eventText, eventTexts, keepAliveText, retryText, signedOutText, snapshotText } from './stream-text.ts';

export interface StreamAsked {
  readonly inquiryId: string;
  /** The last event the client has; null: it begins. */
  readonly after: number | null;
  readonly via: string;
}

const paceMs = 100; // at most ten a second
const keepAliveMs = 15_000;
/** A notification may be lost; this often the rows themselves are looked at. */
const lookEveryMs = 5_000;
/** How long an ended session or token still hears something, at most. */
const checkEveryMs = 5_000;
const mostEvents = 500;
const usualRetryMs = 3_000;
const leavingRetryMs = 1_000;

/**
 * The text of one stream. Each round reads what is newer than the last event, in the inquiry's own order, so nothing is
 * lost and nothing comes twice, whoever was asleep in between.
 */
export async function* streamInquiry(gateway: Gateway, asked: StreamAsked, gone: AbortSignal): AsyncGenerator<string> {
  const { feed, closing, log } = gateway;
  const { inquiryId } = asked;
  const end = AbortSignal.any([gone, closing]);
  const watch = watchInquiry(feed, inquiryId);
  try {
    yield retryText(usualRetryMs);
    yield* rounds(gateway, asked, { end, watch });
    if (closing.aborted && !gone.aborted) yield retryText(leavingRetryMs);
  } catch (error) {
    log.warn('stream.failed', { inquiryId, code: errorCode(error) }); // the client comes back and resumes
  } finally {
    watch.end();
  }
}

interface Round {
  readonly end: AbortSignal;
  readonly watch: ReturnType<typeof watchInquiry>;
}

async function* rounds(
  gateway: Gateway,
  { inquiryId, after, via }: StreamAsked,
  { end, watch }: Round,
): AsyncGenerator<string> {
  const { clock, store } = gateway;
  let seq = after ?? -1;
  let toldAtMs = clock.monotonicMs();
  const isSignedOut = signOutCheck(gateway, via);
  if (after === null) {
    const snapshot = await readView(gateway, inquiryId, 'inside');
    seq = snapshot.seq;
    yield snapshotText(snapshot);
  }
  while (!end.aborted) {
    if (await isSignedOut()) return void (yield signedOutText);
    const events = await store.events.after(inquiryId, seq, mostEvents);
    const last = events.at(-1);
    if (last) {
      seq = last.seq;
      toldAtMs = clock.monotonicMs();
      yield eventTexts(events).join('');
      if (events.some(({ kind }) => kind === 'requeried'))
        yield snapshotText(await readView(gateway, inquiryId, 'inside'));
      if (events.length < mostEvents) await pause(paceMs, end);
      continue;
    }
    if (yield* doneText(gateway, inquiryId, seq)) return;
    if (clock.monotonicMs() - toldAtMs >= keepAliveMs) {
      toldAtMs = clock.monotonicMs();
      yield keepAliveText;
    }
    await watch.wait(lookEveryMs, end);
  }
}

/** Asks from time to time whether the token or session of the stream has ended. */
function signOutCheck({ clock, credentials }: Gateway, via: string): () => Promise<boolean> {
  let checkedAtMs = clock.monotonicMs();
  return async () => {
    if (clock.monotonicMs() - checkedAtMs < checkEveryMs) return false;
    checkedAtMs = clock.monotonicMs();
    return !(await credentials.isStillGood(via));
  };
}

/** `done`, when nothing more is coming; true then. */
async function* doneText(gateway: Gateway, inquiryId: string, seq: number): AsyncGenerator<string, boolean> {
  const head = await gateway.store.inquiries.head(inquiryId, 'inside');
  if (!head || !isDone(head) || head.seq > seq) return false;
  const { status } = await readView(gateway, inquiryId, 'inside');
  yield eventText('done', { seq, status });
  return true;
}

/** A short rest that ends early when the stream does. */
const pause = (ms: number, end: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      end.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    end.addEventListener('abort', done);
    if (end.aborted) done();
  });
