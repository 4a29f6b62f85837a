import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';

const startedSchema = z.object({ port: z.int() });
const roundSchema = z.object({ lastAnswerAt: z.number(), answers: z.int(), slowestMs: z.number() });

export interface AgenciesProcess {
  readonly pid: number;
  readonly url: string;
  /** When the last answer since the last call left, how many there were, and how long the slowest agency takes by itself. */
  round(): Promise<{ lastAnswerAt: number; answers: number; slowestMs: number }>;
  stop(): Promise<void>;
}

export interface AgenciesOptions {
  readonly seed: number;
  /** No agency takes longer. */
  readonly capMs: number;
  /** One agency of so many finds something. */
  readonly foundEvery?: number;
  /** How much each of them finds. */
  readonly housesEach?: number;
}

export async function startAgencies(
  count: number,
  { seed, capMs, foundEvery = 200, housesEach = 1 }: AgenciesOptions,
): Promise<AgenciesProcess> {
  const child: ChildProcess = fork(new URL('./agencies.js', import.meta.url), [
    String(count),
    String(seed),
    String(capMs),
    String(foundEvery),
    String(housesEach),
  ]);
  const [started] = await once(child, 'message');
  return {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${startedSchema.parse(started).port}`,
    async round() {
      const answer = once(child, 'message');
      child.send('round');
      return roundSchema.parse((await answer)[0]);
    },
    async stop() {
      const gone = once(child, 'exit');
      child.send('stop');
      await gone;
    },
  };
}
