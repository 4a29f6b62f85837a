import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { inquiriesReadOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { linesList } from '../../api/generated/sdk.gen.ts';
import type { CoverageLine } from '../../api/generated/types.gen.ts';
import { type Connection, followInquiry } from './event-stream.ts';
import { type LinesTold, type ProgressState, readLines, tell } from './progress-state.ts';

const pageLength = 200;
const mostPages = 50;
const readAfterMs = 1_000;

/** Every line of an inquiry; a list that is longer than we read says so instead of being cut silently. */
async function readAll(inquiryId: string, signal: AbortSignal): Promise<readonly CoverageLine[]> {
  const all: CoverageLine[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { data }: { data: { items: CoverageLine[]; nextCursor: string | null } } = await linesList({
      path: { inquiryId },
      query: { limit: `${pageLength}`, ...(cursor === null ? {} : { cursor }) },
      signal,
      throwOnError: true,
    });
    all.push(...data.items);
    cursor = data.nextCursor;
    if (cursor === null) return all;
  }
  throw new Error('more lines than can be shown');
}

/** An inquiry and its lines, kept up to date while the page is open. */
export function useProgress(inquiryId: string) {
  const inquiry = useQuery(inquiriesReadOptions({ path: { inquiryId } }));
  const [state, setState] = useState<ProgressState | null>(null);
  const [connection, setConnection] = useState<Connection>('connecting');
  const { refetch } = inquiry;
  const seq = useRef(0);
  useEffect(() => void (seq.current = inquiry.data?.seq ?? 0), [inquiry.data]);
  const lines = useQuery({
    queryKey: ['lines', inquiryId],
    queryFn: async ({ signal }) => {
      const { data } = await refetch({ throwOnError: true });
      return { lines: await readAll(inquiryId, signal), seq: data?.seq ?? 0 };
    },
  });
  useEffect(() => {
    const read = lines.data;
    if (read) setState((before) => readLines(read.lines, read.seq, before));
  }, [lines.data]);
  const readLater = useReadLater(lines.refetch);
  const onLines = useBatched(
    useCallback((told: readonly LinesTold[]) => {
      setState((before) => (before === null ? before : told.reduce(tell, before)));
    }, []),
    readLater,
  );
  useEffect(
    () => followInquiry(inquiryId, { onLines, onRead: readLater, onConnection: setConnection }),
    [inquiryId, onLines, readLater],
  );
  return { inquiry, lines, state, connection, readLater };
}

/** Reads again soon, once for everything that happens until then. */
function useReadLater(read: () => unknown): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const newest = useRef(read);
  useEffect(() => void (newest.current = read), [read]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void newest.current();
    }, readAfterMs);
  }, []);
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
