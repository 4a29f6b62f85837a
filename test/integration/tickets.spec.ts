import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mergeReport } from '#inquiry';
import { collectLate } from '../../apps/worker/src/collect-late.ts';
import { context, type RegisterPlace, type RegisterWorker, startRegisterPlace, type Word } from './register-place.ts';
import { after, agencyOf, ask, type Asked } from './store-place.ts';

let register: RegisterPlace;
const says: Word[] = [];

beforeAll(async () => {
  register = await startRegisterPlace(2);
  register.answer = () => says.shift() ?? 'wait';
});
afterAll(() => register.stop());
beforeEach(async () => {
  says.splice(0);
  await register.clear();
});

const worker = (ticket: object = {}): RegisterWorker => register.worker(ticket);
const look = (one: RegisterWorker, { inquiryId }: Asked) => one.look(inquiryId);
const late = ({ parts, hosted }: RegisterWorker) => collectLate(parts, hosted, context.signal);
const at = (ms: number): void => void (register.now = after(ms));

async function lineOf({ inquiryId }: Asked) {
  const material = await register.store.reports.material(inquiryId, 'inside');
  const report = mergeReport(material!);
  return report.coverage.lines.find(({ agencyId }) => agencyId === agencyOf(0))!;
}
const rowsOf = async ({ inquiryId }: Asked): Promise<number> =>
  Number(
    (await register.place.raw.query('SELECT count(*) FROM answers WHERE inquiry_id = $1', [inquiryId])).rows[0].count,
  );

describe('an asking with a ticket', () => {
  it('is collected when the channel allows, also by another worker, and never asked twice', async () => {
    const asked = await ask(register.store, { agencies: 1, mode: 'ticket' });
    says.push('wait', 'wait', 'found');
    expect(await look(worker(), asked)).toEqual({ state: 'later', at: after(60_000) });
    expect(await lineOf(asked)).toMatchObject({ verdict: 'no-answer', reason: 'pending', stage: 'acknowledged' });
    at(30_000);
    expect(await look(worker(), asked)).toEqual({ state: 'later', at: after(60_000) }); // too early: nothing is sent
    at(60_000);
    expect(await look(worker(), asked)).toEqual({ state: 'later', at: after(120_000) });
    expect(await rowsOf(asked)).toBe(1); // waiting on is no news
    at(120_000);
    expect(await look(worker(), asked)).toEqual({ state: 'done' });
    expect(register.heard).toEqual(['/0/submit', '/0/collect/T-1', '/0/collect/T-1']);
    expect(await lineOf(asked)).toMatchObject({ verdict: 'found', complete: true, attempts: 1 });
  });

  it('outlives a trouble of the agency', async () => {
    const asked = await ask(register.store, { agencies: 1, mode: 'ticket' });
    says.push('wait', 'down', 'nothing');
    await look(worker(), asked);
    at(60_000);
    await look(worker(), asked);
    expect(await lineOf(asked)).toMatchObject({ verdict: 'no-answer', reason: 'unavailable' });
    at(120_000);
    expect(await look(worker(), asked)).toEqual({ state: 'done' });
    expect(await lineOf(asked)).toMatchObject({ verdict: 'nothing' });
  });

  it('turns overdue at its due time, and the late answer makes a later version', async () => {
    const asked = await ask(register.store, { agencies: 1, mode: 'ticket' });
    const one = worker();
    await look(one, asked);
    at(3_600_000);
    says.push('wait', 'found');
    expect(await look(one, asked)).toEqual({ state: 'done' });
    expect(await lineOf(asked)).toMatchObject({ verdict: 'no-answer', reason: 'overdue', slaBreached: true });
    expect(await late(one)).toBe(0);
    expect(register.merges).toEqual([]);
    expect(await late(one)).toBe(0); // not before its time
    at(3_660_000);
    expect(await late(one)).toBe(1);
    expect(register.merges).toEqual([asked.inquiryId]);
    expect(await lineOf(asked)).toMatchObject({ verdict: 'found', slaBreached: true });
    at(3_720_000);
    expect(await late(one)).toBe(0);
    expect(register.heard).toEqual(['/0/submit', '/0/collect/T-1', '/0/collect/T-1']);
  });

  it('is not collected for ever', async () => {
    const asked = await ask(register.store, { agencies: 1, mode: 'ticket' });
    const one = worker({ maxCollections: 2 });
    for (const ms of [0, 60_000]) {
      at(ms);
      await look(one, asked);
    }
    at(120_000);
    expect(await look(one, asked)).toEqual({ state: 'done' });
    expect(await lineOf(asked)).toMatchObject({ reason: 'overdue', reasonCode: 'collections-exhausted' });
    at(4_000_000);
    expect(await late(one)).toBe(0);
    expect(register.heard).toHaveLength(3);
  });

  it('ends with the time in which a late answer is taken', async () => {
    const asked = await ask(register.store, { agencies: 1, mode: 'ticket' });
    const one = worker();
    await look(one, asked);
    at(3_600_000);
    await look(one, asked);
    at(3_600_000 + 3 * 86_400_000);
    says.push('found');
    expect(await late(one)).toBe(0);
    expect(register.heard).toEqual(['/0/submit']);
  });

  it('brings its parts one after the other: the first answers, the last completes', async () => {
    const asked = await ask(register.store, { agencies: 1, mode: 'ticket' });
    const one = worker();
    says.push('part', 'found');
    expect(await look(one, asked)).toEqual({ state: 'done' });
    expect(await lineOf(asked)).toMatchObject({ verdict: 'found', complete: false });
    at(60_000);
    expect(await late(one)).toBe(1);
    expect(await lineOf(asked)).toMatchObject({ verdict: 'found', complete: true });
  });

  it('ends with a refusal, and with a withdrawal', async () => {
    const asked = await ask(register.store, { agencies: 2, mode: 'ticket' });
    const one = worker();
    says.push('wait', 'wait');
    await look(one, asked);
    await register.store.inquiries.cancelLines({
      inquiryId: asked.inquiryId,
      agencyIds: [agencyOf(1)],
      by: 'usr_zhao',
      at: register.now,
      grounds: { cause: 'officer', reason: 'as the test wants it' },
    });
    at(60_000);
    says.push('refuse');
    expect(await look(one, asked)).toEqual({ state: 'done' });
    expect(await lineOf(asked)).toMatchObject({ reason: 'refused' });
    at(4_000_000);
    expect(await late(one)).toBe(0);
    expect(register.heard).toHaveLength(3);
  });

  it('reads a kept reply again when the worker died before its answer was journalled', async () => {
    const asked = await ask(register.store, { agencies: 1, mode: 'ticket' });
    await look(worker(), asked);
    at(60_000);
    says.push('found');
    const dying = worker();
    const journal = { write: () => Promise.reject(new Error('killed')), drain: async () => undefined };
    await expect(look({ ...dying, parts: { ...dying.parts, journal } as never }, asked)).rejects.toThrow('killed');
    says.push('nothing'); // the register has deleted what was fetched, and would say something else now
    expect(await look(worker(), asked)).toEqual({ state: 'done' });
    expect(await lineOf(asked)).toMatchObject({ verdict: 'found' });
    expect(register.heard).toEqual(['/0/submit', '/0/collect/T-1']);
    const { rows } = await register.place.raw.query('SELECT count(*) FROM kept_replies');
    expect(rows[0].count).toBe('0');
  });

  it('lies sealed in the database', async () => {
    const asked = await ask(register.store, { agencies: 1, mode: 'ticket' });
    await look(worker(), asked);
    const { rows } = await register.place.raw.query('SELECT ticket FROM tickets WHERE inquiry_id = $1', [
      asked.inquiryId,
    ]);
    expect(rows[0].ticket.includes('T-1')).toBe(false);
  });
});
