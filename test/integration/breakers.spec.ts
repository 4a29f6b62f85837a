import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BreakerSharing, Store } from '#store';
import { agency, eventually, openReplica, reasonOf, type Replica, sharedChannelId, startAgency } from './replica.ts';
import { start, startStorePlace, type StorePlace } from './store-place.ts';

const { agencyId } = agency;
const resetTimeoutMs = 400;
const breaker = { volumeThreshold: 5, errorThresholdPercent: 50, rollingWindowMs: 60_000, resetTimeoutMs };
const limits = { deadlineMs: 300, concurrency: 50 };

describe('breakers of two replicas', () => {
  let place: StorePlace;
  let agencyServer: Awaited<ReturnType<typeof startAgency>>;
  const sharings: BreakerSharing[] = [];
  const replicas: Replica[] = [];

  beforeAll(async () => {
    place = await startStorePlace();
  }, 120_000);
  afterAll(() => place.stop());
  beforeEach(async () => {
    agencyServer = await startAgency();
    await place.raw.query('TRUNCATE breakers, breaker_transitions, operations_events');
  });
  afterEach(async () => {
    for (const each of replicas.splice(0)) await each.channel.close();
    for (const each of sharings.splice(0)) await each.close();
    agencyServer.stop();
  });

  async function replica(workerId: string, more: { store?: Store; readEveryMs?: number; config?: object } = {}) {
    const { store = place.store, readEveryMs = 60_000, config = {} } = more;
    const sharing = store.breakers.share({ workerId, readEveryMs });
    sharings.push(sharing);
    const register = sharing.ofChannel(sharedChannelId);
    const opened = openReplica({ url: agencyServer.url, register, config: { breaker, limits, ...config } });
    replicas.push(opened);
    await sharing.start();
    return opened;
  }

  const two = async () => [await replica('w1'), await replica('w2')] as const;
  const transitions = () => place.store.breakers.transitions({ agencyId, after: null, limit: 100 });
  const codes = async () => (await transitions()).map(({ cause }) => cause.code).reverse();
  const open = async (one: Replica, other: Replica) => {
    agencyServer.down(true);
    await one.ask(5);
    await eventually('both are open', () => one.state() !== 'closed' && other.state() !== 'closed');
  };
  const halfOpen = (...all: readonly Replica[]) =>
    eventually('half-open', () => all.every((each) => each.state() === 'half-open'));

  it('open together, without a call of the other, and the cause is kept', async () => {
    const [one, other] = await two();
    await open(one, other);
    const calls = agencyServer.calls();
    expect((await other.ask(3)).map(reasonOf)).toEqual(['breaker-open', 'breaker-open', 'breaker-open']);
    expect(agencyServer.calls()).toBe(calls);
    expect(await transitions()).toEqual([
      expect.objectContaining({
        ...{ agencyId, channelId: sharedChannelId, workerId: 'w1', from: 'closed', to: 'open' },
        cause: { code: 'failures', failures: [{ reason: 'unavailable', reasonCode: 'http-503', count: 5 }] },
      }),
    ]);
    const told = await place.store.operationsEvents.list({ after: null, limit: 10 });
    expect(told.map(({ kind }) => kind)).toEqual(['breaker-opened']);
  });

  it('send one probe among fifty askings, and close together', async () => {
    const [one, other] = await two();
    await open(one, other);
    await halfOpen(one, other);
    agencyServer.down(false);
    const release = agencyServer.hold();
    const before = agencyServer.calls();
    const asked = Promise.all([one.ask(25), other.ask(25)]);
    await eventually('the probe has been sent', () => agencyServer.calls() > before);
    release();
    const said = (await asked).flat().map(reasonOf);
    expect(agencyServer.calls() - before).toBe(1);
    expect(said.filter((each) => each === 'nothing')).toHaveLength(1);
    expect(said.filter((each) => each === 'breaker-open')).toHaveLength(49);
    await eventually('both are closed', () => one.state() === 'closed' && other.state() === 'closed');
    expect(await codes()).toEqual(['failures', 'probe-begun', 'recovered']);
    expect([...one.closedFor, ...other.closedFor]).toEqual([agencyId]);
  });

  it('tell those who are refused when to come back', async () => {
    const [one, other] = await two();
    await open(one, other);
    await halfOpen(one, other);
    const release = agencyServer.hold();
    const before = agencyServer.calls();
    const probing = one.ask();
    await eventually('the probe has been sent', () => agencyServer.calls() > before);
    const [refused] = await other.ask();
    release();
    await probing;
    expect(refused).toMatchObject({ reason: 'breaker-open', sentAt: null });
    expect(refused?.nextAttemptAt).not.toBeNull();
  });

  it('open again for both when the probe fails', async () => {
    const [one, other] = await two();
    await open(one, other);
    await halfOpen(one, other);
    expect((await one.ask()).map(reasonOf)).toEqual(['unavailable']);
    const calls = agencyServer.calls();
    await eventually('the other is open', () => other.state() === 'open');
    expect((await other.ask()).map(reasonOf)).toEqual(['breaker-open']);
    expect(agencyServer.calls()).toBe(calls);
    expect(await codes()).toEqual(['failures', 'probe-begun', 'probe-failed']);
  });

  it('probe at most once per reset window over all replicas while the agency stays down', async () => {
    const [one, other] = await two();
    await open(one, other);
    const before = agencyServer.calls();
    const startedAt = performance.now();
    for (let probes = 0; probes < 3; ) {
      await Promise.all([one.ask(3), other.ask(3)]);
      probes = (await codes()).filter((code) => code === 'probe-failed').length;
    }
    const windows = Math.ceil((performance.now() - startedAt) / (resetTimeoutMs * 0.9));
    expect(agencyServer.calls() - before).toBeGreaterThanOrEqual(3);
    expect(agencyServer.calls() - before).toBeLessThanOrEqual(windows);
  });

  it('let another probe when the lease of one that died has lapsed', async () => {
    const [one, other] = await two();
    await open(one, other);
    const dead = place.store.breakers.share({ workerId: 'dead' }).ofChannel(sharedChannelId);
    const leaseMs = 1_500;
    await eventually('it is claimed', async () => (await dead.claimProbe(agencyId, leaseMs)).kind === 'granted');
    agencyServer.down(false);
    await halfOpen(other);
    expect((await other.ask()).map(reasonOf)).toEqual(['breaker-open']);
    await eventually('another probed', async () => (await other.ask()).some((each) => each.verdict === 'nothing'));
    await eventually('both are closed', () => one.state() === 'closed');
    expect(await codes()).toEqual(['failures', 'probe-begun', 'probe-taken-over', 'recovered']);
    expect(
      await dead.changed({ agencyId, to: 'open', resetInMs: 1, cause: { code: 'probe-failed', failures: [] } }),
    ).toBe(false);
  });

  it('close everywhere when an operator says so', async () => {
    const [one, other] = await two();
    await open(one, other);
    await Promise.all([one.channel.resetBreakers(null), other.channel.resetBreakers(null)]);
    expect([one.state(), other.state()]).toEqual(['closed', 'closed']);
    expect([...one.closedFor, ...other.closedFor]).toEqual([agencyId]);
    await open(one, other);
    await place.store.breakers.reset(sharedChannelId, agencyId);
    await eventually('both are closed', () => one.state() === 'closed' && other.state() === 'closed');
    expect((await transitions())[0]).toMatchObject({ workerId: null, to: 'closed', cause: { code: 'operator-reset' } });
  });

  it('are known to a replica that starts later, and to one whose notice was missed', async () => {
    const [one, other] = await two();
    await open(one, other);
    const late = await replica('w3', { readEveryMs: 50 });
    expect(late.state()).not.toBe('closed');
    await place.raw.query(
      `UPDATE breakers SET state = 'closed', reset_at = NULL, revision = nextval('breaker_revision')`,
    );
    await eventually('it was read again', () => late.state() === 'closed');
  });

  it('go on alone while the database is away', async () => {
    const store = await place.openWith(() => start);
    const alone = await replica('w4', { store });
    await store.close();
    agencyServer.down(true);
    expect((await alone.ask(5)).map(reasonOf)).toEqual(Array(5).fill('unavailable'));
    await eventually('half-open', () => alone.state() === 'half-open');
    agencyServer.down(false);
    expect((await alone.ask()).map(reasonOf)).toEqual(['nothing']);
    expect(alone.state()).toBe('closed');
    expect(alone.closedFor).toEqual([agencyId]);
    expect(await transitions()).toEqual([]);
  });

  it('tell what happened meanwhile when the database is back', async () => {
    const one = await replica('w1', { readEveryMs: 50 });
    const other = await replica('w2', { readEveryMs: 50 });
    await place.raw.query('ALTER TABLE breakers RENAME TO breakers_away');
    try {
      agencyServer.down(true);
      expect((await one.ask(5)).map(reasonOf)).toEqual(Array(5).fill('unavailable'));
      await eventually('it opened alone', () => one.state() !== 'closed');
    } finally {
      await place.raw.query('ALTER TABLE breakers_away RENAME TO breakers');
    }
    await eventually('the other is told', () => other.state() !== 'closed');
    expect(one.state()).not.toBe('closed');
    expect(await codes()).toEqual(['failures']);
  });
});
