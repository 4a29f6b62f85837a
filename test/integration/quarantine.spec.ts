import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, noAnswerSaid, type Report } from '#contracts';
import { contentHash, newId } from '#platform';
import type { JournalAnswer, KeptAnswer, Quarantined } from '#store';
import { magicDebtors } from '../../apps/simulator/src/world/magic-debtors.ts';
import { type Spine, startSpine } from './spine.ts';

const zhang = { name: '张三', idNumber: '110100199003074112', kind: 'natural' as const };
const malformed = magicDebtors.find(({ scenario }) => scenario === 'malformed')!;
const called = ['vehicle-national', 'registry-city', 'registry-province'];

let spine: Spine;
beforeAll(async () => {
  spine = await startSpine({ change: (channel) => ({ ...channel, pollSilenceMinutes: 1 }) });
}, 120_000);
afterAll(() => spine?.stop(), 60_000);

async function until<Value>(read: () => Promise<Value | null | undefined | false>, timeoutMs = 30_000): Promise<Value> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; ) {
    const value = await read();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not happen in time');
}

/** Workers that are not told read the pauses every five seconds. */
const pausesAreRead = () => new Promise((resolve) => setTimeout(resolve, 6_000));

const readAgain = async ({ quarantineId, channelId }: Pick<Quarantined, 'quarantineId' | 'channelId'>) => {
  await spine.queue.requestReplay({ quarantineId, channelId });
  return until(async () => {
    const held = await spine.store.quarantine.get(quarantineId);
    return held && held.attempts > 0 && held;
  });
};
const newest = async (inquiryId: string): Promise<Report> => {
  const head = await spine.store.inquiries.head(inquiryId, 'inside');
  const report = head?.latestReport && (await spine.store.reports.get(head.latestReport.reportId, 'inside'));
  if (!report) throw new Error('no report');
  return report;
};
const keptOf = async (report: Report, channelId: string): Promise<KeptAnswer> => {
  const line = report.coverage.lines.find((each) => each.verdict === 'found' && each.channelId === channelId);
  const { inquiryId } = report;
  const answerId = line?.answerId ?? '';
  const kept = await spine.store.journal.answer({ inquiryId, answerId, rows: 'inside' });
  if (!kept) throw new Error(`nobody found anything in ${channelId}`);
  return kept;
};

describe('an answer that cannot be read', () => {
  it('is listed with its paths, and reading it again asks nobody and makes nothing of it', async () => {
    const inquiryId = await spine.ask(malformed, 6_000); // banks stay silent: their feedback cannot be read either
    const report = await spine.report(inquiryId);
    const lines = report.coverage.lines.filter(
      ({ reason, channelId }) => reason === 'unintelligible' && called.includes(channelId ?? ''),
    );
    expect(lines.length).toBeGreaterThan(0);
    const listed = await spine.store.quarantine.list({ after: null, limit: 1_000, state: 'waiting' });
    const mine = listed.filter((each) => each.inquiryId === inquiryId);
    for (const { answerId, rawMessageHash } of lines.filter((line) => line.rawMessageHash !== null)) {
      expect(mine.map(({ quarantineId }) => quarantineId)).toContain(answerId);
      expect(rawMessageHash).toMatch(/^sha256:/);
    }
    for (const { paths } of mine) for (const path of paths) expect(path).not.toContain(malformed.name);
    const held = await readAgain(mine[0]!);
    expect(held).toMatchObject({ state: 'waiting', attempts: 1 });
    expect((await newest(inquiryId)).coverage.lines.filter(({ reason }) => reason === 'unintelligible').length).toBe(
      report.coverage.lines.filter(({ reason }) => reason === 'unintelligible').length,
    );
    const events = await spine.store.operationsEvents.list({ after: null, limit: 50, kinds: ['answer-quarantined'] });
    expect(events.length).toBeGreaterThan(0);
    expect(JSON.stringify(events)).not.toContain(malformed.idNumber);
  }, 120_000);

  it('becomes the answer it is when a repaired adapter reads it, and a later version of the report', async () => {
    const first = await spine.report(await spine.ask(zhang));
    const { answer, raw } = await keptOf(first, 'vehicle-national');
    expect(first.assets.filter(({ provenance }) => provenance.answerId === answer.answerId)).toMatchObject([
      { provenance: { rawHash: answer.rawHash } },
    ]);
    await spine.store.controls.pause({
      ...{ channelId: answer.channelId, agencyId: answer.agencyId, by: 'usr_test', reason: 'test', at: new Date() },
    });
    await pausesAreRead();
    const inquiryId = await spine.ask(zhang, 15_000);
    const unread = broken({ answer, raw, culled: null }, inquiryId);
    const shard = (await spine.store.shards.state(inquiryId)).find(({ channelId }) => channelId === answer.channelId);
    const entry = { inquiryId, channelId: answer.channelId, shardNo: shard?.shardNo ?? 0, fence: null };
    await spine.store.journal.append([{ ...entry, answers: [unread] }]);
    const quarantined = { quarantineId: unread.answer.answerId, channelId: answer.channelId };
    expect(await readAgain(quarantined)).toMatchObject({ state: 'read', attempts: 1 });
    await spine.store.controls.resume({ channelId: answer.channelId, agencyId: answer.agencyId });
    await pausesAreRead(); // or the next test finds the agency held, and waits for the worker to look again
    const report = await spine.report(inquiryId, 90_000);
    const line = report.coverage.lines.find(({ agencyId }) => agencyId === answer.agencyId);
    expect(line).toMatchObject({ verdict: 'found', rawMessageHash: answer.rawHash, answeredAt: answer.receivedAt });
    expect(await readAgain(quarantined)).toMatchObject({ state: 'read', attempts: 1 }); // once is enough
  }, 180_000);

  it('that came to a door is taken once, however often it is read', async () => {
    const report = await spine.report(await spine.ask(zhang));
    const { answer, raw } = await keptOf(report, 'bank-national');
    const path = '/doors/bank-national';
    const origin = { source: 'door' as const, method: 'POST', path, headers: {}, simulated: true };
    const message = { channelId: 'bank-national', agencyId: answer.agencyId, paths: ['/x'], origin };
    const good = await spine.store.mailbox.quarantine({ ...message, bytes: raw[0]! });
    const bad = await spine.store.mailbox.quarantine({ ...message, bytes: new TextEncoder().encode('<broken') });
    const listed = async () => (await spine.store.quarantine.list({ after: null, limit: 1_000 })).length;
    const before = await listed();
    const { seq } = (await spine.store.journal.summary(report.inquiryId))!;
    expect(await readAgain({ quarantineId: good, channelId: 'bank-national' })).toMatchObject({ state: 'read' });
    expect(await readAgain({ quarantineId: bad, channelId: 'bank-national' })).toMatchObject({ state: 'waiting' });
    expect((await spine.store.journal.summary(report.inquiryId))?.seq).toBe(seq);
    expect(await listed()).toBe(before); // a reading lists nothing anew
  }, 120_000);
});

/** The same messages, as an adapter that did not understand them had left them. */
function broken({ answer, raw }: KeptAnswer, inquiryId: string): JournalAnswer {
  const { sections: _, assets: __, ...stamp } = answer as Extract<Answer, { verdict: 'found' }>;
  const { asOf, asOfKind, dropped, signatureStatus, part, identityMatched, complete, ...rest } = stamp;
  expect([asOf, asOfKind, dropped, signatureStatus, part, identityMatched, complete]).toHaveLength(7);
  const said = noAnswerSaid('unintelligible');
  const unread = { paths: ['unexpected payload at: total'], exchanges: [] };
  return {
    answer: { ...rest, ...said, answerId: newId('ans'), inquiryId, contentHash: contentHash(said) },
    raw,
    unread,
  };
}
