import type { Case, CaseMatrix, DeskItem } from '../../api/generated/types.gen.ts';

type Cell = NonNullable<CaseMatrix['rows'][number]['cells'][number]>;

export const now = '2026-11-23T12:00:00+08:00';

/** A field of the matrix as the gateway would tell it. */
export const cellOf = (verdict: Cell['verdict'], more: Partial<Cell> = {}): Cell => ({
  ...{ verdict, reason: null, notAskedCause: null, provesAbsence: verdict === 'nothing', suspicious: 'none' },
  complete: verdict === 'found' || verdict === 'nothing' ? true : null,
  assetCount: verdict === 'found' ? 3 : null,
  ...{ dueAt: '2026-11-22T12:00:00+08:00', slaBreached: false, answeredAt: null, simulated: false },
  asked: verdict === 'not-asked' ? 0 : 1,
  answered: verdict === 'found' || verdict === 'nothing' ? 1 : 0,
  inquiryIds: ['inq_1'],
  ...more,
});

const rowOf = (agencyName: string, cells: (Cell | null)[], silentSince: string | null) => ({
  ...{ agencyId: `bank.${agencyName.codePointAt(0)}`, agencyName },
  ...{ category: 'bank' as const, silentSince, cells },
});

export const matrix: CaseMatrix = {
  ...{ caseId: 'case_1', debtorId: null, isWhole: true, payload: 'shown', at: now },
  columns: [
    { day: '2026-11-22', inquiryIds: ['inq_2'] },
    { day: '2026-05-20', inquiryIds: ['inq_1'] },
  ],
  rows: [
    rowOf('示例银行', [cellOf('found'), cellOf('nothing')], null),
    rowOf(
      '样本银行',
      [cellOf('no-answer', { reason: 'timed-out' }), cellOf('no-answer', { reason: 'unavailable' })],
      '2026-05-20',
    ),
    rowOf(
      '某某银行',
      [cellOf('no-answer', { reason: 'pending', dueAt: '2026-11-24T12:00:00+08:00' }), null],
      '2026-11-22',
    ),
    rowOf(
      '试例银行',
      [cellOf('not-asked', { notAskedCause: 'not-connected' }), cellOf('nothing', { provesAbsence: false })],
      null,
    ),
  ],
};

export const file: Case = {
  ...{ caseId: 'case_1', caseNumber: '（2026）京9901执1号', courtCode: '990100', courtName: '某市某区人民法院' },
  ...{ legalBasis: '（2025）京9901民初7号民事判决书', claim: { amount: '2000000.00', currency: 'CNY' } },
  ...{ filedOn: '2026-02-01', executionNoticeOn: null, preservation: null, state: 'in-progress', version: 1 },
  ...{ createdAt: '2026-02-01T09:00:00+08:00', warnings: [] },
  debtors: [{ debtorId: 'deb_1', kind: 'natural', nameMasked: '张*', idMasked: '1101**********4112' }],
};

/** A case on the desk. */
export const itemOf = (act: DeskItem['act'], more: Partial<DeskItem> = {}): DeskItem => ({
  ...{ caseId: `case_${act}`, caseNumber: '（2026）京9901执1号', courtCode: '990100', state: 'in-progress', act },
  ...{ createdAt: '2026-02-01T09:00:00+08:00', debtor: file.debtors[0] ?? null, debtorCount: 1, inquiryId: 'inq_1' },
  ...{ approvalId: null, reportId: 'rep_1', dueAt: '2026-11-22T12:00:00+08:00', lastSentence: null, missing: [] },
  progress: { asked: 31, answered: 27, unanswered: 4 },
  ...more,
});
