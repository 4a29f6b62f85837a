import { redisIsInstalled, startRedis } from '../integration/redis-server.ts';
import { type AgenciesProcess, startAgencies } from './agencies-process.ts';
import { handWrittenScript, type PeerRound, plainFlow } from './plain-peers.ts';
import { type Figure, figure, round } from './figure.ts';
import { cpuMsOfChildren, ownCpuMs } from './processor-time.ts';
import { type BenchProduct, startProduct } from './product.ts';

interface FanoutOptions {
  readonly quick: boolean;
  readonly say: (text: string) => void;
}

interface Round {
  /** From the moment the slowest agency had answered until the result was there. */
  readonly overheadMs: number;
  /** The whole inquiry less the slowest agency's own time: what asking so many costs. */
  readonly aboveMs: number;
  readonly totalMs: number;
  readonly cpuMs: number;
}

const sizes = [50, 1_000, 4_000] as const;
const capMs = 5_000;
const warmUps = 3;

/** P1–P5 and P9: our overhead above the slowest agency and our cost per answer, beside two peers in the same run. */
export async function fanout({ quick, say }: FanoutOptions): Promise<Figure[]> {
  const redis = redisIsInstalled() ? await startRedis() : null;
  if (!redis) say('no redis-server: the queue is PostgreSQL, and the plain BullMQ flow (P4) cannot run');
  const rounds = quick ? 3 : 7;
  const ours = new Map<number, Round[]>();
  const script = new Map<number, Round[]>();
  const flow = new Map<number, Round[]>();
  try {
    for (const count of sizes) {
      const agencies = await startAgencies(count, { seed: 7, capMs });
      const product = await startProduct({ agenciesUrl: agencies.url, count, queueUrl: redis?.url ?? null });
      try {
        await repeat(warmUps, () => oneRound(product, agencies, count)); // code, pools, prepared connections
        ours.set(count, await repeat(rounds, () => oneRound(product, agencies, count)));
      } finally {
        await product.stop();
      }
      script.set(
        count,
        await repeat(quick ? 1 : 3, () => peerRound(agencies, () => handWrittenScript(agencies.url, count))),
      );
      if (redis)
        flow.set(
          count,
          await repeat(quick ? 1 : 3, () => peerRound(agencies, () => plainFlow(agencies.url, count, redis.url))),
        );
      await agencies.stop();
      say(
        `${count} agencies: ours ${words(ours.get(count))}; script ${words(script.get(count))}; plain flow ${words(flow.get(count))}`,
      );
    }
  } finally {
    await redis?.stop();
  }
  return figuresOf({ ours, script, flow });
}

async function repeat(times: number, run: () => Promise<Round>): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let n = 0; n < times; n += 1) rounds.push(await run());
  return rounds;
}

async function oneRound(product: BenchProduct, agencies: AgenciesProcess, count: number): Promise<Round> {
  const cpuBefore = ownCpuMs() + enginesCpuMs(agencies);
  const { startedAt, reportedAt, answered } = await product.ask(count);
  const { lastAnswerAt, answers, slowestMs } = await agencies.round();
  if (answered !== count || answers !== count)
    throw new Error(`asked ${count}, answered ${answered}, on the wire ${answers}`);
  return {
    overheadMs: reportedAt - lastAnswerAt,
    aboveMs: reportedAt - startedAt - slowestMs,
    totalMs: reportedAt - startedAt,
    cpuMs: ownCpuMs() + enginesCpuMs(agencies) - cpuBefore,
  };
}

/** The Redis and PostgreSQL that this bench started: its children but the simulated agencies. */
const enginesCpuMs = (agencies: AgenciesProcess): number => cpuMsOfChildren(process.pid, agencies.pid);

async function peerRound(agencies: AgenciesProcess, run: () => Promise<PeerRound>): Promise<Round> {
  const before = enginesCpuMs(agencies);
  const { startedAt, endedAt, cpuMs } = await run();
  const { lastAnswerAt, slowestMs } = await agencies.round();
  const totalMs = endedAt - startedAt;
  return {
    overheadMs: endedAt - lastAnswerAt,
    aboveMs: totalMs - slowestMs,
    totalMs,
    cpuMs: cpuMs + enginesCpuMs(agencies) - before,
  };
}

interface Measured {
  readonly ours: ReadonlyMap<number, readonly Round[]>;
  readonly script: ReadonlyMap<number, readonly Round[]>;
  readonly flow: ReadonlyMap<number, readonly Round[]>;
}

const budgets = { 50: ['P1', 15], 1_000: ['P2', 60], 4_000: ['P3', 200] } as const;

function figuresOf({ ours, script, flow }: Measured): Figure[] {
  const overhead = (rounds: readonly Round[] | undefined) => middle(rounds?.map(({ overheadMs }) => overheadMs) ?? []);
  const cpuPerAnswerUs = (rounds: readonly Round[] | undefined, count: number) =>
    (middle(rounds?.map(({ cpuMs }) => cpuMs) ?? []) * 1_000) / count;
  const overheads = sizes.map((count) => {
    const [id, budget] = budgets[count];
    const value = overhead(ours.get(count));
    const detail = `p50 of ${ours.get(count)?.length ?? 0} rounds, worst ${round(Math.max(...(ours.get(count)?.map(({ overheadMs }) => overheadMs) ?? [])))} ms`;
    return figure({
      id,
      what: `overhead above the slowest of ${count} agencies`,
      value,
      unit: 'ms',
      budget,
      detail,
      peer: { script: overhead(script.get(count)), plainFlow: overhead(flow.get(count)) },
    });
  });
  const above = (rounds: readonly Round[] | undefined) => middle(rounds?.map(({ aboveMs }) => aboveMs) ?? []);
  const ratio = above(ours.get(4_000)) / above(flow.get(4_000));
  const totals = {
    ours: middle(ours.get(4_000)?.map(({ totalMs }) => totalMs) ?? []),
    plainFlow: middle(flow.get(4_000)?.map(({ totalMs }) => totalMs) ?? []),
  };
  const client = cpuPerAnswerUs(script.get(4_000), 4_000);
  const own = cpuPerAnswerUs(ours.get(4_000), 4_000);
  return [
    ...overheads,
    figure({
      id: 'P4',
      what: 'our time above the slowest agency’s own ÷ the plain BullMQ flow’s, 4,000 agencies',
      value: ratio,
      unit: '',
      budget: 0.25,
      detail: `above the slowest: ours ${round(above(ours.get(4_000)))} ms, plain flow ${round(above(flow.get(4_000)))} ms, script ${round(above(script.get(4_000)))} ms; whole inquiry: ours ${round(totals.ours)} ms, plain flow ${round(totals.plainFlow)} ms`,
      peer: totals,
    }),
    figure({
      id: 'P5',
      what: 'CPU per answer at 4,000, all our processes with Redis and PostgreSQL, without the HTTP client',
      value: own - client,
      unit: 'µs',
      budget: 150,
      detail: `with the HTTP client ${round(own)} µs; the script, which is only a client, ${round(client)} µs`,
      peer: { plainFlow: cpuPerAnswerUs(flow.get(4_000), 4_000) - client },
    }),
    figure({
      id: 'P9',
      what: 'cost per answer at 4,000 ÷ at 50',
      value: own / cpuPerAnswerUs(ours.get(50), 50),
      unit: '',
      budget: 1,
      detail: 'CPU with the HTTP client',
      peer: {},
    }),
  ];
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const words = (rounds: readonly Round[] | undefined): string =>
  rounds
    ? `overhead ${round(middle(rounds.map(({ overheadMs }) => overheadMs)))} ms, whole ${round(middle(rounds.map(({ totalMs }) => totalMs)))} ms`
    : 'not run';
