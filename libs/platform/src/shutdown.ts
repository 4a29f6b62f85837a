import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from './error-code.ts';
import type { Log } from './log.ts';

/** Something to close. The signal aborts when its time is up; what it does after that is not waited for. */
export type Closer = {
  readonly name: string;
  readonly limitMs: number;
  close(signal: AbortSignal): Promise<void> | void;
};

/** The process, or what stands for it in a test. */
export type ProcessEnd = {
  on(signal: 'SIGTERM' | 'SIGINT', act: () => void): unknown;
  off(signal: 'SIGTERM' | 'SIGINT', act: () => void): unknown;
  exit(code: number): void;
};

export type ShutdownOptions = {
  readonly log: Log;
  /** Between turning unready and closing, for load balancers to notice. */
  readonly delayMs: number;
  readonly end?: ProcessEnd;
};

export type Shutdown = {
  /** Aborted as soon as the process is leaving: readiness turns 503 with it. */
  readonly draining: AbortSignal;
  /** What was added last is closed first, as it was opened last. */
  add(closer: Closer): void;
  /** Leaves on SIGTERM and SIGINT; a second signal exits at once with 1. */
  listen(): void;
  /** Leaves without a signal. @returns the exit code: 0, or 1 when something did not close. Does not exit. */
  run(): Promise<0 | 1>;
};

/** The order of leaving (api.md §8): unready, wait, close one after the other, exit. */
export function createShutdown({ log, delayMs, end = process }: ShutdownOptions): Shutdown {
  const closers: Closer[] = [];
  const draining = new AbortController();
  let running: Promise<0 | 1> | null = null;

  const leave = async (): Promise<0 | 1> => {
    log.info('process.draining', { delayMs });
    draining.abort();
    await wait(delayMs);
    const failed: string[] = [];
    for (const closer of closers.toReversed()) {
      if (!(await closeInTime(closer, log))) failed.push(closer.name);
    }
    log.info('process.stopped', { closed: closers.length - failed.length, failed: failed.length });
    return failed.length === 0 ? 0 : 1;
  };
  const run = () => {
    running ??= leave();
    return running;
  };
  const onSignal = () => {
    if (running !== null) {
      log.warn('process.stopped', { forced: true });
      end.exit(1);
      return;
    }
    run().then(
      (code) => end.exit(code),
      (error: unknown) => fail(error),
    );
  };
  const fail = (error: unknown) => {
    log.error('process.stopped', { code: errorCode(error) });
    end.exit(1);
  };
  const listen = () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) end.on(signal, onSignal);
  };
  return { draining: draining.signal, add: (closer) => closers.push(closer), listen, run };
}

async function closeInTime({ name, limitMs, close }: Closer, log: Log): Promise<boolean> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), limitMs);
  const late = new Promise<'late'>((resolve) => limit.signal.addEventListener('abort', () => resolve('late')));
  try {
    const closing = Promise.resolve(close(limit.signal)).then(() => 'closed' as const);
    const outcome = await Promise.race([closing, late]);
    if (outcome === 'late') log.warn('closer.late', { closer: name, limitMs });
    return outcome === 'closed';
  } catch (error) {
    log.error('closer.failed', { closer: name, code: errorCode(error) });
    return false;
  } finally {
    clearTimeout(timer);
  }
}
