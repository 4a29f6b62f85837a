import { readLineEvent } from './line-event.ts';
import type { LinesTold } from './progress-state.ts';

/** How the page hears of news now. */
export type Connection = 'connecting' | 'live' | 'polling' | 'over';

export interface StreamEvents {
  readonly onLines: (told: LinesTold) => void;
  /** Something changed that only a new reading shows: a gap, a re-query, a report, a pause, the end. */
  readonly onRead: () => void;
  /** Nothing more is told. Reads what stands now. @returns whether it was read */
  readonly onEnd: () => Promise<boolean>;
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
  const poll = polling(events.onRead);
  let source: EventSource | null = null;
  let failures = 0;
  const left = new AbortController();
  let retry: ReturnType<typeof setTimeout> | undefined;
  const finish = () => {
    source?.close();
    clearTimeout(retry);
    poll.stop();
  };
  const failed = () => {
    source?.close();
    failures += 1;
    if (failures >= triesBeforePolling) poll.start();
    events.onConnection(failures < triesBeforePolling ? 'connecting' : 'polling'); // never "live" while nothing comes in
    retry = setTimeout(connect, retryAfterMs);
  };
  const connect = () => {
    source = new EventSource(url);
    hear(source, events, finish);
    source.addEventListener('done', () => {
      finish();
      void tellEnd(events, left.signal);
    });
    source.addEventListener('snapshot', () => {
      failures = 0;
      poll.stop();
      events.onConnection('live');
    });
    source.addEventListener('error', failed);
  };
  events.onConnection('connecting');
  connect();
  return () => {
    left.abort();
    finish();
  };
}

/** "This is the final state" is said when that state has been read, and not before. */
async function tellEnd({ onEnd, onConnection }: StreamEvents, left: AbortSignal): Promise<void> {
  onConnection('connecting');
  while (!(await onEnd())) {
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    if (left.aborted) return;
  }
  if (!left.aborted) onConnection('over');
}

function polling(read: () => void): { readonly start: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    start: () => void (timer ??= setInterval(read, pollEveryMs)),
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}

/** What each event means for the page. */
function hear(source: EventSource, { onLines, onRead }: StreamEvents, finish: () => void): void {
  for (const name of ['snapshot', 'report', 'paused']) source.addEventListener(name, onRead);
  source.addEventListener('line', ({ data }) => {
    try {
      onLines(readLineEvent(String(data)));
    } catch {
      onRead(); // not what we know: what the server holds now is read instead
    }
  });
  source.addEventListener('signed-out', () => {
    finish();
    onRead(); // which is refused, and leads to the sign-in
  });
}
