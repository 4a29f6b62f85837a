import { afterEach, describe, expect, it } from '@jest/globals';
import { type BreakerChange, NoAnswer, type ProbeClaim, type SharedBreaker, workingClock } from '#contracts';
import { breakers } from './breaker.ts';

const never = new AbortController().signal;
const bank = 'bank.sample';
const policy = { errorThresholdPercent: 50, volumeThreshold: 2, rollingWindowMs: 60_000, resetTimeoutMs: 20 };
const opened: { close(): void }[] = [];
const start = new Date('2026-11-23T01:00:00Z');

afterEach(() => {
  for (const each of opened.splice(0)) each.close();
});

/** Breakers beside a register that keeps what it is told and answers claims as it is told to. */
function shared({ claim = { kind: 'granted' }, isFirst = true, clock }: Given = {}) {
  const changes: BreakerChange[] = [];
  const leases: number[] = [];
  const closedFor: string[] = [];
  let follow: (other: SharedBreaker) => void = () => undefined;
  let hear: (state: string) => void = () => undefined;
  const all = breakers(policy, {
    now: () => start,
    onChange: ({ state }) => hear(state),
    onClosed: (agencyId) => void closedFor.push(agencyId),
    probeLeaseMs: 500,
    register: {
      async changed(change) {
        changes.push(change);
        return isFirst;
      },
      async claimProbe(_, leaseMs) {
        leases.push(leaseMs);
        return claim;
      },
      onShared: (listen) => void (follow = listen),
    },
    ...(clock && { clock }),
  });
  opened.push(all);
  const ask = (call: () => Promise<string> = async () => 'reply') =>
    all
      .guardFor(bank)(call, never)
      .catch((error: NoAnswer) => error.reason);
  const fail = () => ask(() => Promise.reject(new NoAnswer('unavailable', 'as told', { reasonCode: 'http-503' })));
  const state = () => all.stateOf(bank)?.state ?? null;
  const until = (wanted: string) => new Promise<void>((resolve) => (hear = (told) => told === wanted && resolve()));
  const halfOpen = async () => {
    const reached = until('half-open');
    await fail();
    await fail();
    await reached;
  };
  const pushed = (other: SharedBreaker['state'], resetInMs = 60_000) =>
    follow({ agencyId: bank, state: other, since: new Date(0), resetInMs });
  return { all, ask, fail, state, halfOpen, pushed, until, changes, leases, closedFor };
}

interface Given {
  readonly claim?: ProbeClaim;
  readonly isFirst?: boolean;
  readonly clock?: ReturnType<typeof workingClock>;
}

describe('a breaker that is shared', () => {
  it('tells what opened it, and nothing while it is closed', async () => {
    const { ask, fail, changes, leases } = shared();
    await ask();
    expect([changes, leases]).toEqual([[], []]);
    await fail();
    await fail();
    const failures = [{ reason: 'unavailable', reasonCode: 'http-503', count: 2 }];
    expect(changes).toEqual([{ agencyId: bank, to: 'open', resetInMs: 20, cause: { code: 'failures', failures } }]);
  });

  it('opens and closes with the others, and does not tell it again', async () => {
    const { all, ask, state, pushed, changes, closedFor } = shared();
    pushed('open');
    expect(all.notClosed()).toEqual([{ agencyId: bank, state: 'open', since: new Date(0) }]);
    expect(await ask()).toBe('breaker-open');
    pushed('closed', 0);
    expect(state()).toBeNull();
    expect(await ask()).toBe('reply');
    expect([changes, closedFor]).toEqual([[], []]);
  });

  it('probes when it may, and tells that the agency is back', async () => {
    const { ask, halfOpen, state, changes, leases, closedFor } = shared();
    await halfOpen();
    expect(await ask()).toBe('reply');
    expect(state()).toBeNull();
    expect(leases).toEqual([500]);
    expect(changes.map(({ cause }) => cause.code)).toEqual(['failures', 'recovered']);
    expect(closedFor).toEqual([bank]);
  });

  it('calls nobody when another closed it first', async () => {
    const { ask, halfOpen, closedFor } = shared({ isFirst: false });
    await halfOpen();
    await ask();
    expect(closedFor).toEqual([]);
  });

  it('sends nothing when another probes, and does not ask again before the time it was given', async () => {
    const { ask, halfOpen, leases } = shared({ claim: { kind: 'refused', retryAfterMs: 5_000 } });
    await halfOpen();
    expect([await ask(), await ask()]).toEqual(['breaker-open', 'breaker-open']);
    expect(leases).toHaveLength(1);
  });

  it('asks as usual when the others have closed it meanwhile', async () => {
    const { ask, halfOpen, state } = shared({ claim: { kind: 'closed' } });
    await halfOpen();
    expect(await ask()).toBe('reply');
    expect(state()).toBe('closed');
  });

  it('claims once for all who ask at the same time', async () => {
    const { ask, halfOpen, leases } = shared();
    await halfOpen();
    const said = await Promise.all(Array.from({ length: 10 }, () => ask()));
    expect(said.filter((each) => each === 'reply')).toHaveLength(1);
    expect(leases).toHaveLength(1);
  });

  it('opens again when the probe of another failed', async () => {
    const { halfOpen, pushed, state, changes } = shared();
    await halfOpen();
    pushed('open');
    expect(state()).toBe('open');
    expect(changes).toHaveLength(1);
  });

  it('tells nobody to come back while the agency is closed', async () => {
    const calendar = { calendarId: 'cn', timeZone: 'Asia/Shanghai', weekend: [], years: [] };
    const hours = { calendar: 'cn', on: 'workdays' as const, windows: [{ from: '10:00', to: '12:00' }] };
    const { all, pushed } = shared({ clock: workingClock(hours, calendar) });
    pushed('open');
    const refused = all.guardFor(bank)(async () => 'reply', never);
    await expect(refused).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
  });
});
