import { useCallback, useEffect, useRef } from 'react';

const soonMs = 2_000;
const restTimes = 4;

/**
 * Does a reading soon, once for everything that asks for it until then, and never two at once. A reading that takes long
 * is followed by a rest four times as long, so that a large inquiry does not keep the server and the page busy.
 */
export function useSoon(read: (signal: AbortSignal) => Promise<unknown>): () => void {
  const newest = useRef(read);
  useEffect(() => void (newest.current = read), [read]);
  const turn = useRef<{ timer?: ReturnType<typeof setTimeout>; busy: boolean; again: boolean; restMs: number }>({
    ...{ busy: false, again: false, restMs: soonMs },
  });
  const end = useRef(new AbortController());
  useEffect(() => {
    const { current } = turn;
    const controller = new AbortController();
    end.current = controller;
    return () => {
      controller.abort();
      clearTimeout(current.timer);
      delete current.timer;
    };
  }, []);
  return useCallback(() => {
    const { current } = turn;
    const begin = async () => {
      delete current.timer;
      [current.busy, current.again] = [true, false];
      const startedAt = performance.now();
      await newest.current(end.current.signal).catch(() => undefined); // the query it belongs to shows what failed
      current.restMs = Math.max(soonMs, restTimes * (performance.now() - startedAt));
      current.busy = false;
      if (current.again && !end.current.signal.aborted) current.timer = setTimeout(() => void begin(), current.restMs);
    };
    if (current.busy) current.again = true;
    else current.timer ??= setTimeout(() => void begin(), current.restMs);
  }, []);
}
