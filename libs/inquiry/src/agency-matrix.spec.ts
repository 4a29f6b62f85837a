import { describe, expect, it } from '@jest/globals';
import { agencyMatrix, type AskedOnce } from './agency-matrix.ts';

const line = (verdict: 'found' | 'nothing' | 'no-answer' | 'not-asked', more = {}): AskedOnce['lines'][number] => ({
  ...{ agencyId: 'bank.one', agencyName: '示例银行', category: 'bank', verdict },
  reason: verdict === 'no-answer' ? 'timed-out' : null,
  notAskedCause: verdict === 'not-asked' ? 'not-connected' : null,
  complete: verdict === 'found' || verdict === 'nothing' ? true : null,
  assetCount: verdict === 'found' ? 2 : verdict === 'nothing' ? 0 : null,
  provesAbsence: verdict === 'nothing',
  ...{ suspicious: 'none', dueAt: '2026-11-22T10:00:00+08:00', slaBreached: false, simulated: false },
  answeredAt: verdict === 'found' || verdict === 'nothing' ? '2026-11-22T09:00:00+08:00' : null,
  ...more,
});
const asked = (inquiryId: string, day: string, ...lines: AskedOnce['lines'][number][]): AskedOnce => ({
  ...{ inquiryId, requestedAt: `${day}T09:00:00+08:00`, lines },
});
const cellOf = (...lines: AskedOnce['lines'][number][]) =>
  agencyMatrix(lines.map((each, at) => asked(`inq_${at}`, '2026-11-22', each))).rows[0]?.cells[0];

describe('a cell of one day', () => {
  it('is never a ring beside somebody who did not answer, in any order', () => {
    for (const lines of [
      [line('nothing'), line('no-answer')],
      [line('no-answer'), line('nothing')],
    ])
      expect(cellOf(...lines)).toMatchObject({
        ...{ verdict: 'no-answer', reason: 'timed-out', asked: 2, answered: 1, provesAbsence: false },
        assetCount: null,
      });
  });

  it('is found, and not whole, when one answered with assets and one not at all', () => {
    expect(cellOf(line('no-answer'), line('found'))).toMatchObject({
      ...{ verdict: 'found', assetCount: 2, complete: false, asked: 2, answered: 1 },
    });
    expect(cellOf(line('found'), line('found', { assetCount: null }))?.assetCount).toBeNull();
  });

  it('is nothing only when every one asked said so, and not asked over nobody', () => {
    expect(cellOf(line('nothing'), line('not-asked'))).toMatchObject({ verdict: 'nothing', provesAbsence: true });
    expect(cellOf(line('nothing'), line('nothing', { provesAbsence: false }))?.provesAbsence).toBe(false);
    expect(cellOf(line('not-asked'))).toMatchObject({ verdict: 'not-asked', notAskedCause: 'not-connected', asked: 0 });
  });

  it('is due when the last of those who are waited for is', () => {
    const late = '2026-11-23T10:00:00+08:00';
    expect(cellOf(line('no-answer'), line('no-answer', { dueAt: late }))?.dueAt).toBe(late);
  });
});

describe('a row', () => {
  const other = line('nothing', { agencyId: 'bank.two' });
  const rows = agencyMatrix([
    asked('inq_4', '2026-11-22', line('no-answer')),
    asked('inq_3', '2026-10-01', line('not-asked'), other),
    asked('inq_2', '2026-08-01', line('no-answer')),
    asked('inq_1', '2026-06-01', line('found')),
  ]);

  it('has a cell for every day, and null where the agency was in no plan', () => {
    expect(rows.columns.map(({ day }) => day)).toEqual(['2026-11-22', '2026-10-01', '2026-08-01', '2026-06-01']);
    expect(rows.rows.find(({ agencyId }) => agencyId === 'bank.two')?.cells.map((cell) => cell?.verdict)).toEqual([
      ...[undefined, 'nothing', undefined, undefined],
    ]);
  });

  it('says since when nobody answered, over days without asking, up to the last answer', () => {
    expect(rows.rows.map(({ silentSince }) => silentSince)).toEqual(['2026-08-01', null]);
  });
});
