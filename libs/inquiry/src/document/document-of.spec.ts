import { describe, expect, it } from '@jest/globals';
import type { CoverageLine } from '#contracts';
import { documentOf } from './document-of.ts';

const line = {
  ...{ agencyId: 'bank.bailu', agencyName: '白鹭银行', category: 'internet-bank', verdict: 'no-answer' },
  ...{ reason: 'pending', notAskedCause: null, answeredAt: null, dueAt: null },
} as unknown as CoverageLine;
const role = { agencyId: 'bank.bailu', companyName: '甲公司', companyUscc: null, role: 'supervisor', asOf: null };
const shown = {
  ...{ simulated: false, stateAt: '2026-11-01', assets: [], roles: [role] },
  ...{ legal: { caseNumber: '（2026）京9901执1号', courtName: '', basis: '' }, debtor: { name: '', ids: [] } },
  ...{ officer: { name: '' }, coverage: { isFull: false, lines: [line] } },
  summary: { sentence: { zh: '一', en: 'one' }, totalsByCurrency: [], notes: [] },
} as unknown as Parameters<typeof documentOf>[0]['shown'];

describe('a document', () => {
  it.each([
    ['zh-CN', '互联网银行', '监事'],
    ['en', 'Internet banks', 'Supervisor'],
  ] as const)('in %s says categories and roles in words, and keeps the code for machines', (locale, category, post) => {
    const version = { reportId: 'rep_1', reportVersion: 1, contentHash: 'sha256:0' };
    const wanted = { locale, draft: false, version, code: '', watermark: '', lines: [line] };
    const { coverage, tables } = documentOf({ shown, masked: [], leftOut: [] }, wanted);
    expect(coverage?.rows[0]?.[1]).toEqual({ is: 'text', text: category });
    expect(coverage?.rows[0]?.at(-1)).toEqual({ is: 'text', text: 'internet-bank' });
    expect(coverage?.columns.at(-1)?.sheetOnly).toBe(true);
    expect(coverage?.columns).toHaveLength(coverage?.rows[0]?.length ?? 0);
    expect(tables[0]?.rows[0]?.[2]).toEqual({ is: 'text', text: post });
    expect(tables[0]?.rows[0]?.[4]).toEqual({ is: 'text', text: '白鹭银行' });
  });
});
