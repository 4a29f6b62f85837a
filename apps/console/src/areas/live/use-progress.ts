import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { inquiriesReadOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { type Connection, followInquiry } from './event-stream.ts';
import { type LinesTold, type ProgressState, readChanged, readLines, tell } from './progress-state.ts';
import { readInquiryLines } from './read-lines.ts';
import { useSoon } from './use-soon.ts';

const wholeEveryMs = 30_000; // attempts and next tries change without an event

/**
 * An inquiry and its lines, kept up to date while the page is open: events show a verdict at once, the lines they tell of
 * are read again soon, and all of them when something happened that only a new reading shows.
 */
export function useProgress(inquiryId: string) {
  const inquiry = useQuery(inquiriesReadOptions({ path: { inquiryId } }));
  const [connection, setConnection] = useState<Connection>('connecting');
  const { refetch } = inquiry;
  const readSeq = useCallback(async () => (await refetch({ throwOnError: true })).data?.seq ?? 0, [refetch]);
  const { lines, state, hear, readNews } = useLines(inquiryId, readSeq);
  const readWhole = useSoon(async () => lines.refetch());
  const onLines = useBatched(hear, readNews);
  const { refetch: readLinesNow } = lines;
  const onEnd = useCallback(async () => (await readLinesNow({ cancelRefetch: true })).isSuccess, [readLinesNow]);
  useEffect(
    () => followInquiry(inquiryId, { onLines, onRead: readWhole, onEnd, onConnection: setConnection }),
    [inquiryId, onLines, readWhole, onEnd],
  );
  useEffect(() => {
    if (connection !== 'live') return;
    const timer = setInterval(readWhole, wholeEveryMs);
    return () => clearInterval(timer);
  }, [connection, readWhole]);
  return { inquiry, lines, state, connection, readLater: readWhole };
}

/** The lines as they were read and as events have told since. `readSeq`: reads the inquiry, and how far it goes. */
function useLines(inquiryId: string, readSeq: () => Promise<number>) {
  const [state, setState] = useState<ProgressState | null>(null);
  const newest = useRef<ProgressState | null>(null);
  useEffect(() => void (newest.current = state), [state]);
  const readUpTo = useRef(0);
  const lines = useQuery({
    queryKey: ['lines', inquiryId],
    queryFn: async ({ signal }) => {
      const seq = await readSeq();
      return { lines: await readInquiryLines(inquiryId, { signal }), seq };
    },
  });
  useEffect(() => {
    const read = lines.data;
    if (!read) return;
    readUpTo.current = Math.max(readUpTo.current, read.seq);
    setState((before) => readLines(read.lines, read.seq, before));
  }, [lines.data]);
  const readNews = useSoon(async (signal) => {
    if (newest.current === null) return;
    const { seq } = newest.current;
    const changed = await readInquiryLines(inquiryId, { signal, changedAfter: readUpTo.current });
    readUpTo.current = Math.max(readUpTo.current, seq);
    setState((before) => before && readChanged(changed, seq, before));
    await readSeq();
  });
  const hear = useCallback((told: readonly LinesTold[]) => setState((before) => before && tell(before, told)), []);
  return { lines, state, hear, readNews };
}

/** Events of one frame are applied together, so that fifty of them in a second cost a few drawings. */
function useBatched(apply: (told: readonly LinesTold[]) => void, after: () => void): (told: LinesTold) => void {
  const waiting = useRef<LinesTold[]>([]);
  return useCallback(
    (told) => {
      waiting.current.push(told);
      if (waiting.current.length > 1) return;
      requestAnimationFrame(() => {
        apply(waiting.current.splice(0));
        after();
      });
    },
    [apply, after],
  );
}
