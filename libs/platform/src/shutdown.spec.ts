import { describe, expect, it } from '@jest/globals';
import type { Log } from './log.ts';
import { createShutdown, type ProcessEnd } from './shutdown.ts';

function memoryLog(): { log: Log; events: string[] } {
  const events: string[] = [];
  const add = (event: string) => void events.push(event);
  const log: Log = { debug: add, info: add, warn: add, error: add, child: () => log };
  return { log, events };
}

function fakeProcess() {
  const acts = new Map<string, () => void>();
  let exit: (code: number) => void = () => undefined;
  const exited = new Promise<number>((resolve) => {
    exit = resolve;
  });
  const end: ProcessEnd = {
    on: (signal, act) => acts.set(signal, act),
    off: (signal) => acts.delete(signal),
    exit: (code) => exit(code),
  };
  return { end, exited, send: (signal: string) => acts.get(signal)?.() };
}

describe('leaving', () => {
  it('turns unready first, then closes what was opened last, first', async () => {
    const { log, events } = memoryLog();
    const { end, exited, send } = fakeProcess();
    const order: string[] = [];
    const shutdown = createShutdown({ log, delayMs: 1, end });
    shutdown.draining.addEventListener('abort', () => order.push('unready'));
    for (const name of ['database', 'queue', 'http']) {
      shutdown.add({ name, limitMs: 1_000, close: () => void order.push(name) });
    }
    shutdown.listen();
    send('SIGTERM');
    expect(await exited).toBe(0);
    expect(order).toEqual(['unready', 'http', 'queue', 'database']);
    expect(events).toEqual(['process.draining', 'process.stopped']);
  });

  it('goes on when something fails or is late, and says so by its exit code', async () => {
    const { log, events } = memoryLog();
    const order: string[] = [];
    const shutdown = createShutdown({ log, delayMs: 0 });
    shutdown.add({ name: 'database', limitMs: 1_000, close: () => void order.push('database') });
    shutdown.add({ name: 'broken', limitMs: 1_000, close: () => Promise.reject(new Error('张三')) });
    shutdown.add({
      name: 'slow',
      limitMs: 5,
      close: (signal) => new Promise(() => signal.addEventListener('abort', () => order.push('told to hurry'))),
    });
    expect(await shutdown.run()).toBe(1);
    expect(order).toEqual(['told to hurry', 'database']);
    expect(events).toEqual(expect.arrayContaining(['closer.late', 'closer.failed', 'process.stopped']));
  });

  it('exits at once with 1 on a second signal', async () => {
    const { end, exited, send } = fakeProcess();
    const shutdown = createShutdown({ log: memoryLog().log, delayMs: 0, end });
    let release: () => void = () => undefined;
    const closing = new Promise<void>((closes) => {
      const close = () =>
        new Promise<void>((resolve) => {
          release = resolve;
          closes();
        });
      shutdown.add({ name: 'endless', limitMs: 60_000, close });
    });
    shutdown.listen();
    send('SIGINT');
    await closing;
    send('SIGINT');
    expect(await exited).toBe(1);
    release();
  });

  it('happens once', async () => {
    const shutdown = createShutdown({ log: memoryLog().log, delayMs: 0 });
    let closed = 0;
    shutdown.add({ name: 'x', limitMs: 100, close: () => void (closed += 1) });
    expect(await Promise.all([shutdown.run(), shutdown.run()])).toEqual([0, 0]);
    expect(closed).toBe(1);
  });
});
