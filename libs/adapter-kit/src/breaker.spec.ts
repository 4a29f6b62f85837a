import { afterEach, describe, expect, it } from '@jest/globals';
import { NoAnswer, noAnswerSaid, type Reason } from '#contracts';
import { breakers } from './breaker.ts';
import type { AgencyBreaker } from './breaker-circuit.ts';

const never = new AbortController().signal;
const policy = { errorThresholdPercent: 50, volumeThreshold: 5, rollingWindowMs: 60_000, resetTimeoutMs: 30 };
const bank = 'bank.sample';
const opened: { close(): void }[] = [];

afterEach(() => {
  for (const each of opened.splice(0)) each.close();
});

function breakersOf(more: Partial<typeof policy> = {}) {
  const reports: AgencyBreaker[] = [];
  let hear: (report: AgencyBreaker) => void = () => undefined;
  let nowMs = 0;
  const all = breakers(
    { ...policy, ...more },
    {
      now: () => new Date(nowMs),
      onChange(report) {
        reports.push(report);
        hear(report);
      },
    },
  );
  opened.push(all);
  const run = <Result>(call: () => Promise<Result>, agencyId = bank) => all.guardFor(agencyId)(call, never);
  const fail = (reason: Reason, details: ConstructorParameters<typeof NoAnswer>[2] = {}) =>
    run(() => Promise.reject(new NoAnswer(reason, 'as told', details))).catch((error: NoAnswer) => error.reason);
  const failTimes = async (times: number, reason: Reason = 'unavailable') => {
    for (let time = 0; time < times; time += 1) await fail(reason);
  };
  const until = (state: AgencyBreaker['state']) =>
    new Promise<void>((resolve) => (hear = (report) => report.state === state && resolve()));
  const halfOpen = async () => {
    const reached = until('half-open');
    await failTimes(5);
    await reached;
  };
  return {
    all,
    reports,
    run,
    fail,
    failTimes,
    halfOpen,
    until,
    stateOf: () => all.stateOf(bank)?.state ?? null,
    pass: (ms: number) => void (nowMs += ms),
  };
}

const states = (reports: readonly AgencyBreaker[]) => reports.map(({ state }) => state);

describe('a breaker', () => {
  it('gives back what came and throws what was thrown', async () => {
    const { run } = breakersOf();
    await expect(run(async () => 'reply')).resolves.toBe('reply');
    await expect(run(() => Promise.reject(new TypeError('defect')))).rejects.toThrow(TypeError);
  });

  it('opens when enough exchanges failed, and then sends nothing', async () => {
    const { failTimes, run, stateOf, all, pass } = breakersOf({ resetTimeoutMs: 30_000 });
    await failTimes(5);
    expect(stateOf()).toBe('open');
    pass(10_000);
    let sent = false;
    await expect(run(async () => (sent = true))).rejects.toEqual(
      expect.objectContaining({ reason: 'breaker-open', retryAfterMs: 20_000 }),
    );
    expect(sent).toBe(false);
    expect(all.notClosed()).toEqual([{ agencyId: bank, state: 'open', since: new Date(0) }]);
  });

  it('does not open before the volume threshold, nor for half of the exchanges', async () => {
    const { failTimes, run, stateOf } = breakersOf();
    await failTimes(4);
    expect(stateOf()).toBe('closed');
    for (let time = 0; time < 5; time += 1) await run(async () => 'reply');
    await failTimes(1);
    await run(async () => 'reply');
    expect(stateOf()).toBe('closed');
  });

  it.each([
    'refused',
    'unauthorized',
    'throttled',
    'unintelligible',
    'cancelled',
    'outside-hours',
    'identity-mismatch',
  ] as const)('does not open for %s', async (reason) => {
    const { failTimes, stateOf } = breakersOf();
    await failTimes(20, reason);
    expect(stateOf()).toBe('closed');
  });

  it('is not watered down by what proves nothing', async () => {
    const { failTimes, stateOf } = breakersOf();
    await failTimes(50, 'cancelled');
    await failTimes(5);
    expect(stateOf()).toBe('open');
  });

  it('counts what an adapter returns as if it were thrown', async () => {
    const { run, stateOf } = breakersOf();
    for (let time = 0; time < 5; time += 1) await run(async () => noAnswerSaid('unavailable'));
    expect(stateOf()).toBe('open');
  });

  it('keeps agencies apart', async () => {
    const { failTimes, run } = breakersOf();
    await failTimes(5);
    await expect(run(async () => 'reply', 'bank.other')).resolves.toBe('reply');
  });

  it('tells every change', async () => {
    const { halfOpen, run, reports, stateOf } = breakersOf();
    await halfOpen();
    await run(async () => 'reply');
    expect(states(reports)).toEqual(['open', 'half-open', 'closed']);
    expect(stateOf()).toBeNull();
  });
});

describe('a half-open breaker', () => {
  it('lets one exchange through and refuses the others', async () => {
    const { halfOpen, run } = breakersOf();
    await halfOpen();
    let answer: (text: string) => void = () => undefined;
    const probe = run(() => new Promise<string>((resolve) => (answer = resolve)));
    await expect(run(async () => 'reply')).rejects.toEqual(
      expect.objectContaining({ reason: 'breaker-open', retryAfterMs: 30 }),
    );
    answer('up again');
    await expect(probe).resolves.toBe('up again');
    await expect(run(async () => 'reply')).resolves.toBe('reply');
  });

  it.each(['refused', 'unauthorized', 'throttled', 'returned', 'identity-mismatch', 'unintelligible'] as const)(
    'closes when the agency says %s: it is up',
    async (reason) => {
      const { halfOpen, fail, reports } = breakersOf();
      await halfOpen();
      await expect(fail(reason)).resolves.toBe(reason);
      expect(states(reports).at(-1)).toBe('closed');
    },
  );

  it.each(['cancelled', 'unavailable', 'timed-out', 'outside-hours'] as const)(
    'opens again after %s',
    async (reason) => {
      const { halfOpen, fail, reports } = breakersOf();
      await halfOpen();
      await expect(fail(reason)).resolves.toBe(reason);
      expect(states(reports)).toEqual(['open', 'half-open', 'open']);
    },
  );

  it('opens again after a name that could not be sent, and after a returned failure, which is given back', async () => {
    const { halfOpen, fail, reports, run, until } = breakersOf();
    await halfOpen();
    const again = until('half-open');
    await fail('identity-mismatch', { reasonCode: 'lossy-encoding' });
    expect(states(reports).at(-1)).toBe('open');
    await again;
    await expect(run(async () => noAnswerSaid('unavailable'))).resolves.toMatchObject({ reason: 'unavailable' });
    expect(states(reports).at(-1)).toBe('open');
  });

  it('is not closed by a late reply of the time before', async () => {
    const { halfOpen, run, reports } = breakersOf();
    let answer: (text: string) => void = () => undefined;
    const early = run(() => new Promise<string>((resolve) => (answer = resolve)));
    await halfOpen();
    answer('late');
    await early;
    expect(states(reports)).toEqual(['open', 'half-open']);
  });

  it('remembers since when the agency has been down', async () => {
    const { halfOpen, fail, all, pass } = breakersOf();
    await halfOpen();
    pass(5_000);
    await fail('timed-out');
    expect(all.notClosed()).toEqual([{ agencyId: bank, state: 'open', since: new Date(0) }]);
  });

  it('begins with a clean window once it is closed', async () => {
    const { halfOpen, run, failTimes, stateOf } = breakersOf();
    await halfOpen();
    await run(async () => 'reply');
    await failTimes(4);
    expect(stateOf()).toBe('closed');
  });
});

describe('the breakers of a channel', () => {
  it('are made on first use and dropped when idle and closed', async () => {
    const { run, all } = breakersOf({ rollingWindowMs: 50 });
    all.guardFor(bank);
    expect(all.stateOf(bank)).toBeNull();
    await run(async () => 'reply');
    expect(all.stateOf(bank)).toMatchObject({ state: 'closed' });
    while (all.stateOf(bank)) await new Promise((turn) => setTimeout(turn, 5));
  });

  it('are closed by an operator, one or all', async () => {
    const { failTimes, all, reports, run } = breakersOf({ resetTimeoutMs: 30_000 });
    await failTimes(5);
    await all.reset('bank.other');
    expect(all.notClosed()).toHaveLength(1);
    await all.reset(bank);
    await expect(run(async () => 'reply')).resolves.toBe('reply');
    await failTimes(5);
    await all.reset(null);
    expect([all.notClosed(), states(reports)]).toEqual([[], ['open', 'closed', 'open', 'closed']]);
  });

  it('do not keep the process alive', async () => {
    const { failTimes } = breakersOf();
    const before = process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
    await failTimes(5);
    expect(process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length).toBe(before);
  });
});
