import { z } from 'zod';
import type { Browser, Page } from 'playwright-core';

const eventSchema = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.int(),
  tid: z.int(),
  dur: z.number().optional(),
  args: z.object({ name: z.string().optional() }).loose().optional(),
});
const traceSchema = z.object({ traceEvents: z.array(eventSchema) });

/** Tasks of the page's main thread while something went on, longest first, in milliseconds. */
export interface MainThread {
  readonly tasksMs: readonly number[];
  /** How much of the time the thread was busy: 0 to 1. */
  readonly busy: number;
}

/** The browser's own trace of what a page does meanwhile. */
export async function traced(browser: Browser, page: Page, act: () => Promise<unknown>): Promise<MainThread> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  const startedAt = performance.now();
  await act();
  const elapsedMs = performance.now() - startedAt;
  const { traceEvents } = traceSchema.parse(JSON.parse((await browser.stopTracing()).toString('utf8')));
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const perThread = Map.groupBy(
    traceEvents.filter(({ name, ph, dur }) => ph === 'X' && dur !== undefined && name.endsWith('RunTask')),
    ({ pid, tid }) => `${pid} ${tid}`,
  );
  // the page's own renderer is the one that worked most
  const [tasks = []] = [...perThread]
    .filter(([thread]) => mains.has(thread))
    .map(([, events]) => events.map(({ dur = 0 }) => dur / 1_000).toSorted((one, other) => other - one))
    .toSorted((one, other) => sum(other) - sum(one));
  if (tasks.length === 0) throw new Error('the trace holds no task of a page');
  return { tasksMs: tasks, busy: sum(tasks) / elapsedMs };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
