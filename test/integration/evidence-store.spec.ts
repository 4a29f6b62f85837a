import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntry, Report, ReportBody } from '#contracts';
import { contentHash, retentionTimes, type Settings, verifyDocument } from '#platform';
import type { Store } from '#store';
import { sweep } from '../../apps/worker/src/retention-sweep.ts';
import {
  answer,
  type Asked,
  ask,
  begin,
  bodyOf,
  changed,
  court,
  finds,
  instant,
  ofCourt,
  otherCourt,
  quietLog,
  refusal,
  saysNothing,
  shardOf,
  start,
  startStorePlace,
  type StorePlace,
} from './store-place.ts';
import { newSigner } from './test-signer.ts';

let place: StorePlace;
let later: Store; // two years on
const dayMs = 86_400_000;
const inTwoYears = new Date(start.getTime() + 730 * dayMs);
const settings = {
  rawRetentionDays: 365,
  exportHours: 24,
  uploadRetentionDays: 30,
  quarantineRetentionDays: 30,
} as Settings;
const times = retentionTimes(settings, inTwoYears);

beforeAll(async () => {
  place = await startStorePlace();
  later = await place.openWith(() => inTwoYears);
}, 120_000);
afterAll(async () => {
  await later?.close();
  await place?.stop();
});

/** An inquiry about which agencies have said something, closed unless told otherwise. */
async function answered(agencies: number, { isClosed = true } = {}): Promise<Asked> {
  const { store } = place;
  const asked = await ask(store, { agencies });
  const work = await begin(store, asked);
  for (let no = 0; no < agencies; no += 1) {
    const answers = [answer(asked, no, no === 0 ? finds() : saysNothing)];
    await store.journal.append([{ ...shardOf(asked), fence: work?.fence ?? 0, answers }]);
  }
  if (isClosed) await store.inquiries.close(asked.inquiryId, start);
  return asked;
}
const append = async (store: Store, asked: Asked, found: number): Promise<Report> => {
  const { report } = await store.reports.append({
    inquiryId: asked.inquiryId,
    body: bodyOf(asked, found) as ReportBody,
    cause: 'settled',
    upToSeq: found,
    succeed: changed,
  });
  if (!report) throw new Error('no version');
  return report;
};
const kept = async ({ inquiryId }: Asked) => {
  const { rows } = await place.raw.query(
    'SELECT seq, raw_payload IS NOT NULL AS has_raw, culled_at, culled_by FROM answers WHERE inquiry_id = $1 ORDER BY seq',
    [inquiryId],
  );
  return rows;
};
const certificates = async (rule: string) => {
  const { rows } = await place.raw.query(
    "SELECT body::jsonb AS body FROM audit_events WHERE action = 'raw.culled' AND body::jsonb #>> '{detail,rule}' = $1 ORDER BY seq",
    [rule],
  );
  return rows.map(({ body }) => body);
};
const sweepNow = () =>
  sweep(
    { store: later, clock: { now: () => inTwoYears, monotonicMs: () => 0 } as never, log: quietLog as never },
    times,
    new AbortController().signal,
  );

describe('a version of a report', () => {
  it('is signed when it is stored, and what is stored verifies without us', async () => {
    const asked = await ask(place.store, { agencies: 2 });
    const first = await append(place.store, asked, 1);
    const second = await append(place.store, asked, 2);
    expect(second.signature?.claims).toEqual({
      ...{ kind: 'report', reportId: second.reportId, reportVersion: 2, inquiryId: asked.inquiryId },
      ...{ contentHash: second.contentHash, supersedes: first.reportId, sealedAt: instant(start) },
    });
    const keys = await place.store.signingKeys.list();
    for (const { reportId } of [first, second]) {
      const read = JSON.parse(JSON.stringify(await place.store.reports.get(reportId, 'inside')));
      expect(verifyDocument({ ...read, changes: null }, { keys })).toMatchObject({ valid: true, reportId });
      expect(verifyDocument({ ...read, purpose: 'preservation' }, { keys }).valid).toBe(false);
    }
    expect(await place.store.reports.sealed(first.reportId)).toMatchObject({
      ...{ reportVersion: 1, contentHash: first.contentHash, sealedAt: instant(start) },
      supersededBy: { reportId: second.reportId, reportVersion: 2 },
    });
    expect((await place.store.reports.sealed(second.reportId))?.supersededBy).toBeNull();
    expect(await place.store.reports.sealed('rep_none')).toBeNull();
  });

  it('verifies after the key was changed, also to SM2: old keys stay listed', async () => {
    const asked = await ask(place.store, { agencies: 2 });
    const old = await append(place.store, asked, 1);
    const signer = newSigner('SM2');
    const other = await place.openWith(() => start, signer);
    const fresh = await append(other, asked, 2);
    const keys = await other.signingKeys.list();
    await other.close();
    expect(keys[0]).toEqual(signer.publicJwk);
    expect(keys).toHaveLength(2);
    for (const report of [old, fresh]) {
      const file = { ...JSON.parse(JSON.stringify(report)), changes: null };
      expect(verifyDocument(file, { keys })).toMatchObject({ valid: true });
      expect(verifyDocument(file, { keys: keys.slice(0, 1) }).valid).toBe(report === fresh);
    }
  });

  it('from before signatures says so, and nobody can sign it afterwards', async () => {
    const asked = await ask(place.store, { agencies: 1 });
    const { reportId } = await append(place.store, asked, 1);
    await place.raw.query('ALTER TABLE reports DISABLE TRIGGER reports_stay');
    await place.raw.query('UPDATE reports SET signature = NULL WHERE report_id = $1', [reportId]);
    await place.raw.query('ALTER TABLE reports ENABLE TRIGGER reports_stay');
    expect(await place.store.reports.get(reportId, 'inside')).toMatchObject({ signature: null });
    expect(await place.store.reports.sealed(reportId)).toMatchObject({ signature: null });
    const forging = place.raw.query("UPDATE reports SET signature = '{}' WHERE report_id = $1", [reportId]);
    expect(await refusal(forging)).toBe('23001');
  });
});

describe('the journal', () => {
  it('lets nothing be changed but messages removed, with a certificate', async () => {
    const { inquiryId } = await answered(1);
    const change = (set: string) =>
      refusal(place.raw.query(`UPDATE answers SET ${set} WHERE inquiry_id = '${inquiryId}'`));
    const culled = "culled_at = now(), culled_by = 'crt_1'";
    for (const set of [
      'raw_payload = NULL',
      "raw_payload = NULL, culled_by = 'crt_1'",
      'raw_payload = NULL, culled_at = now()',
      culled,
      `raw_payload = 'x', ${culled}`,
      `raw_payload = NULL, payload = 'x', ${culled}`,
      `raw_payload = NULL, verdicts = '{nothing}', ${culled}`,
      `raw_payload = NULL, at = now(), ${culled}`,
    ])
      expect([set, await change(set)]).toEqual([set, '23001']);
    expect(await refusal(place.raw.query(`DELETE FROM answers WHERE inquiry_id = '${inquiryId}'`))).toBe('23001');
    expect(await change(`raw_payload = NULL, ${culled}`)).toBe('done');
    for (const set of ["culled_by = 'crt_2'", 'culled_at = NULL', "raw_payload = 'x'", `raw_payload = NULL, ${culled}`])
      expect([set, await change(set)]).toEqual([set, '23001']);
  });
});

describe('removing by age', () => {
  it('takes the messages of inquiries closed long ago, certifies them, and touches nothing else', async () => {
    const asked = await answered(3);
    const open = await answered(2, { isClosed: false });
    const report = await append(place.store, asked, 3);
    const early = retentionTimes(settings, new Date(start.getTime() + 364 * dayMs))[0]!;
    const question = { rule: early.rule, before: early.before, after: null, limit: 100 };
    expect(await place.store.retention.cull(question)).toMatchObject({ removed: 0, certificateId: null });

    const answers = await place.store.journal.answers(asked.inquiryId);
    await sweepNow();

    const rows = await kept(asked);
    expect(rows.map(({ has_raw }) => has_raw)).toEqual([false, false, false]);
    expect((await kept(open)).every(({ has_raw }) => has_raw)).toBe(true);
    expect(await place.store.journal.answers(asked.inquiryId)).toEqual(answers);
    const [first] = answers.flatMap((row) => row.answers);
    const read = await place.store.journal.answer({
      ...{ inquiryId: asked.inquiryId, answerId: first?.answerId ?? '', rows: 'inside' },
    });
    expect(read).toMatchObject({
      answer: { rawHash: first?.rawHash },
      culled: { at: instant(inTwoYears), certificateId: rows[0].culled_by },
    });
    const file = JSON.parse(JSON.stringify(await later.reports.get(report.reportId, 'inside')));
    expect(verifyDocument(file, { keys: await later.signingKeys.list() }).valid).toBe(true);
  });

  it('leaves a certificate in the ledger that matches what is gone', async () => {
    const asked = await answered(4);
    await sweepNow();
    const [row] = await kept(asked);
    const certificate = (await certificates('raw-messages')).find(({ objectId }) => objectId === row.culled_by);
    const { rows: gone } = await place.raw.query(
      'SELECT inquiry_id, seq FROM answers WHERE culled_by = $1 ORDER BY inquiry_id, seq',
      [row.culled_by],
    );
    const hashes: (string | null)[] = [];
    for (const { inquiry_id: inquiryId, seq } of gone)
      for (const { answers } of (await place.store.journal.answers(inquiryId, seq - 1)).slice(0, 1))
        hashes.push(...answers.map(({ rawHash }) => rawHash));
    expect(certificate.detail).toEqual({
      ...{ rule: 'raw-messages', before: instant(times[0]!.before), rows: gone.length, hashes: hashes.length },
      first: `${gone[0].inquiry_id}/${gone[0].seq}`,
      last: `${gone.at(-1).inquiry_id}/${gone.at(-1).seq}`,
      listHash: contentHash(hashes),
    });
    expect(certificate).toMatchObject({ actor: { role: 'system', userId: null }, result: 'done' });
  });

  it('never touches a held case or inquiry, and takes it once the hold is lifted', async () => {
    const [ofCase, ofInquiry, beside] = [await answered(2), await answered(2), await answered(2)];
    const caseOf = async ({ inquiryId }: Asked) =>
      (await place.store.inquiries.head(inquiryId, 'inside'))?.caseId ?? '';
    const hold = async (asked: Asked, inquiryId: string | null) => {
      const held = { caseId: await caseOf(asked), inquiryId, reason: '张三另案', placedBy: 'usr_admin' };
      return place.store.idempotency.run(
        {
          ...{ caller: 'usr_admin', method: 'POST', path: '/', key: `k${asked.inquiryId}`, days: 1 },
          fingerprint: 'f',
        },
        async (tx) => {
          const { holdId } = await place.store.holds.place(tx, held);
          return { status: 201, location: null, body: { holdId } };
        },
      );
    };
    await hold(ofCase, null);
    await hold(ofInquiry, ofInquiry.inquiryId);
    const counted = await later.retention.count('raw-messages', times[0]!.before);
    expect(counted).toMatchObject({ due: 2, held: 4 });
    await sweepNow();
    expect((await kept(ofCase)).every(({ has_raw }) => has_raw)).toBe(true);
    expect((await kept(ofInquiry)).every(({ has_raw }) => has_raw)).toBe(true);
    expect((await kept(beside)).some(({ has_raw }) => has_raw)).toBe(false);

    const holds = await place.store.holds.list({ rows: ofCourt(court), after: null, limit: 10 });
    expect(holds).toHaveLength(2);
    expect(await place.store.holds.list({ rows: ofCourt(otherCourt), after: null, limit: 10 })).toEqual([]);
    const { rows: stored } = await place.raw.query('SELECT reason FROM legal_holds');
    for (const { reason } of stored) expect(reason.toString('utf8')).not.toContain('张三');
    const entry: AuditEntry = {
      actor: { userId: 'usr_admin', role: 'court-admin', courtCode: court, via: null },
      action: 'hold.lifted',
      ...{ objectId: null, caseId: null, debtorId: null, purpose: null, reason: 'x', shown: null, address: null },
      result: 'done',
      detail: {},
    };
    const lift = (holdId: string, rows = ofCourt(court)) =>
      place.store.holds.lift({ holdId, by: 'usr_admin', rows }, () => entry);
    expect(await lift(holds[0]!.holdId, ofCourt(otherCourt))).toBeNull();
    for (const { holdId } of holds) expect(await lift(holdId)).toMatchObject({ liftedBy: 'usr_admin' });
    for (const { holdId } of holds) expect(await lift(holdId)).toMatchObject({ liftedBy: 'usr_admin' });
    const { rows: lifted } = await place.raw.query("SELECT FROM audit_events WHERE action = 'hold.lifted'");
    expect(lifted).toHaveLength(2);
    await sweepNow();
    expect([...(await kept(ofCase)), ...(await kept(ofInquiry))].some(({ has_raw }) => has_raw)).toBe(false);
  });

  it('is done by one process at a time', async () => {
    await answered(2);
    await place.raw.query('BEGIN');
    await place.raw.query('SELECT pg_advisory_xact_lock(7031942)');
    const question = { rule: 'raw-messages', before: times[0]!.before, after: null, limit: 10 } as const;
    expect(await later.retention.cull(question)).toBe('busy');
    await place.raw.query('ROLLBACK');
    expect(await later.retention.cull(question)).toMatchObject({ removed: 2 });
  });

  it('takes working copies: uploads that nothing names, bytes in quarantine', async () => {
    const file = {
      fileName: 'a.pdf',
      fileType: 'pdf',
      bytes: Buffer.from('%PDF'),
      createdBy: 'usr_zhao',
      courtCode: court,
    } as const;
    const unused = await place.store.files.create(file);
    const asked = await answered(1);
    const used = (await place.store.inquiries.get(asked.inquiryId, 'inside'))?.documentFileId ?? '';
    const origin = { source: 'door' as const, method: 'POST', path: '/', headers: {}, simulated: true };
    const quarantineId = await place.store.mailbox.quarantine({
      ...{ channelId: 'bank-sample', agencyId: null, paths: ['/x'], bytes: Buffer.from('<broken'), origin },
    });
    await sweepNow();
    expect(await place.store.files.get(unused.fileId)).toBeNull();
    expect(await place.store.files.get(used)).not.toBeNull();
    expect(await place.store.quarantine.get(quarantineId)).toMatchObject({
      state: 'given-up',
      bytes: null,
      sizeBytes: 7,
    });
    expect((await certificates('uploads')).at(-1).detail).toMatchObject({
      rows: 1,
      listHash: contentHash([unused.hash]),
    });
    expect(await certificates('quarantine')).not.toEqual([]);
  });
});
