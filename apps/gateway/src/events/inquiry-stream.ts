import type { InquiryEvent } from '#contracts';
import { errorCode } from '#platform';
import { type Looking, lookingOf, showsPayload } from '../access/looking.ts';
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

const paceMs = 40; // a burst is told together; an answer that comes alone is seen at once
const keepAliveMs = 15_000;
/** A notification may be lost, a session ended, a role taken away, a case handed over; this often the rows themselves are looked at. */
const lookEveryMs = 5_000;
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

/** With what the person of a stream looks now; null: they are signed out, or see the inquiry no more. */
async function lookAgain(
  gateway: Gateway,
  { inquiryId, via }: StreamAsked,
): Promise<{ readonly looking: Looking; readonly isShown: boolean } | null> {
  const recognised = await gateway.credentials.byId(via);
  if ('refused' in recognised) return null;
  const looking = lookingOf(recognised.caller);
  const head = await gateway.store.inquiries.head(inquiryId, looking.read);
  return head && { looking, isShown: await showsPayload(gateway, looking, head) };
}

async function* rounds(gateway: Gateway, asked: StreamAsked, { end, watch }: Round): AsyncGenerator<string> {
  const { clock, store } = gateway;
  const { inquiryId, after } = asked;
  let seq = after ?? -1;
  let [toldAtMs, lookedAtMs] = [clock.monotonicMs(), clock.monotonicMs()];
  let sight = await lookAgain(gateway, asked);
  if (sight && after === null) {
    const snapshot = await readView(gateway, inquiryId, sight.looking);
    seq = snapshot.seq;
    yield snapshotText(snapshot);
  }
  while (!end.aborted) {
    if (clock.monotonicMs() - lookedAtMs >= lookEveryMs) {
      sight = await lookAgain(gateway, asked);
      lookedAtMs = clock.monotonicMs();
    }
    if (!sight) {
      yield signedOutText;
      return;
    }
    const events = await store.events.after(inquiryId, seq, mostEvents);
    const last = events.at(-1);
    if (last) {
      seq = last.seq;
      toldAtMs = clock.monotonicMs();
      yield eventTexts(sight.isShown ? events : events.map(withoutPayload)).join('');
      if (events.some(({ kind }) => kind === 'requeried'))
        yield snapshotText(await readView(gateway, inquiryId, sight.looking));
      if (events.length < mostEvents) await pause(paceMs, end);
      continue;
    }
    if (yield* doneText(gateway, { inquiryId, seq, looking: sight.looking })) return;
    if (clock.monotonicMs() - toldAtMs >= keepAliveMs) {
      toldAtMs = clock.monotonicMs();
      yield keepAliveText;
    }
    await watch.wait(lookEveryMs, end);
  }
}

/** Who answered, and how, without how much. */
const withoutPayload = (event: InquiryEvent): InquiryEvent =>
  event.kind === 'lines' ? { ...event, lines: event.lines.map((line) => ({ ...line, assetCount: null })) } : event;

/** `done`, when nothing more is coming; true then. */
async function* doneText(
  gateway: Gateway,
  { inquiryId, seq, looking }: { readonly inquiryId: string; readonly seq: number; readonly looking: Looking },
): AsyncGenerator<string, boolean> {
  const head = await gateway.store.inquiries.head(inquiryId, looking.read);
  if (!head || !isDone(head) || head.seq > seq) return false;
  const { status } = await readView(gateway, inquiryId, looking);
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
