import { readLineEvent } from './line-event.ts';
import type { LinesTold } from './progress-state.ts';

/** How the page hears of news now. */
export type Connection = 'connecting' | 'live' | 'polling' | 'over';

export interface StreamEvents {
  readonly onLines: (told: LinesTold) => void;
  /** Something changed that only a new reading shows: a gap, a re-query, a report, a pause, the end. */
  readonly onRead: () => void;
  readonly onConnection: (connection: Connection) => void;
}

const triesBeforePolling = 3;
const pollEveryMs = 10_000;
const retryAfterMs = 3_000;

/**
 * Follows an inquiry by server-sent events. Every (re)connect begins with a new reading, so that nothing told in between
 * is missed; after three failed connects the page reads every ten seconds instead and goes on trying.
 *
 * @returns ends it
 */
export function followInquiry(inquiryId: string, events: StreamEvents): () => void {
  const url = `/api/v1/inquiries/${inquiryId}/events`;
  let source: EventSource | null = null;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let poll: ReturnType<typeof setInterval> | undefined;
  const stopPolling = () => {
    clearInterval(poll);
    poll = undefined;
  };
  const finish = () => {
    source?.close();
    clearTimeout(retry);
    stopPolling();
  };
  const failed = () => {
    source?.close();
    failures += 1;
    if (failures >= triesBeforePolling && poll === undefined) {
      events.onConnection('polling');
      poll = setInterval(events.onRead, pollEveryMs);
    }
    retry = setTimeout(connect, retryAfterMs);
  };
  const connect = () => {
    source = new EventSource(url);
    hear(source, events, finish);
    source.addEventListener('snapshot', () => {
      failures = 0;
      stopPolling();
      events.onConnection('live');
    });
    source.addEventListener('error', failed);
  };
  events.onConnection('connecting');
  connect();
  return finish;
}

/** What each event means for the page. */
function hear(source: EventSource, { onLines, onRead, onConnection }: StreamEvents, finish: () => void): void {
  for (const name of ['snapshot', 'report', 'paused']) source.addEventListener(name, onRead);
  source.addEventListener('line', ({ data }) => {
    try {
      onLines(readLineEvent(String(data)));
    } catch {
      onRead(); // not what we know: what the server holds now is read instead
    }
  });
  source.addEventListener('done', () => {
    finish();
    onConnection('over');
    onRead();
  });
  source.addEventListener('signed-out', () => {
    finish();
    onRead(); // which is refused, and leads to the sign-in
  });
}
