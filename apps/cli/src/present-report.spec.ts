import { describe, expect, it } from '@jest/globals';
import type { Asset, CoverageLine, Encumbrance, ReportBody } from '#contracts';
import { presentReport } from './present-report.ts';

const line = (agencyId: string, changes: Partial<CoverageLine>): CoverageLine =>
  ({
    ...{ agencyId, agencyName: `机构 ${agencyId}`, category: 'bank', attempts: 1, maxAttempts: 4 },
    ...{ reason: null, reasonText: null, contactName: null, contactPhone: null, notAskedCause: null },
    ...changes,
  }) as CoverageLine;

const account = (number: number, changes: Partial<Extract<Asset, { kind: 'deposit-account' }>> = {}): Asset =>
  ({
    kind: 'deposit-account',
    assetId: `ast_${number}`,
    accountNumberMasked: `6222****${String(number).padStart(4, '0')}`,
    balance: { amount: '1234567.80', currency: 'CNY' },
    availableBalance: null,
    subAccounts: [],
    holdings: null,
    encumbrances: [],
    provenance: { agencyId: 'bank.a', asOf: '2026-03-01T09:30:00+08:00' },
    match: { confidence: 'exact' },
    ...changes,
  }) as Asset;

const vehicle = {
  ...account(9),
  ...{ kind: 'vehicle', plateNumber: '京A00001', brand: '示例', model: null, statusCodes: null, encumbrances: null },
  provenance: { agencyId: 'vehicle.a', asOf: null },
} as unknown as Asset;

const report = (changes: { assets?: readonly Asset[]; lines?: readonly CoverageLine[]; simulated?: boolean }) =>
  ({
    simulated: changes.simulated ?? false,
    assets: changes.assets ?? [],
    coverage: { lines: changes.lines ?? [] },
    summary: { sentence: { code: 'found-partial', zh: '已查明合计', en: 'Established so far' } },
  }) as unknown as ReportBody;

const plain = { colours: false, mostLines: 60 };
const lines = [
  line('bank.d', { verdict: 'not-asked', notAskedCause: 'out-of-scope' }),
  line('bank.c', {
    verdict: 'no-answer',
    reason: 'timed-out',
    attempts: 4,
    contactName: '联系人',
    contactPhone: '000',
  }),
  line('bank.b', { verdict: 'nothing' }),
  line('bank.a', { verdict: 'found' }),
];

describe('the report on a terminal', () => {
  it('goes from assets over nothing and no answer to not asked', () => {
    const text = presentReport(report({ assets: [account(1), vehicle], lines }), plain).join('\n');
    const order = [
      '已查明合计',
      'Established',
      'Deposit accounts (1)',
      'Vehicles (1)',
      '○',
      '机构 bank.b',
      '▨',
      '机构 bank.c',
      '– ',
    ];
    const places = order.map((words) => text.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toContain('不等于无财产');
    expect(text).toMatch(/timed-out +4\/4 +联系人 000/);
    expect(text).toContain('out-of-scope 1');
  });

  it('never shows what was not reported as nothing or zero', () => {
    const row = presentReport(report({ assets: [account(1)] }), plain).find((each) => each.includes('6222'));
    expect(row).toMatch(/¥1,234,567\.80 +未提供 n\/a +0\/\? +无 none/);
    const text = presentReport(report({ assets: [vehicle] }), plain).join('\n');
    expect(text).toContain('未提供 not reported');
    expect(text).toContain('机构未说明 not stated');
  });

  it('names burdens with who holds them', () => {
    const encumbrances = [
      { kind: 'freeze', holderName: null, authority: '示例市法院' },
      { kind: 'lien', holderName: null, authority: null },
    ] as unknown as Encumbrance[];
    const text = presentReport(report({ assets: [account(1, { encumbrances })] }), plain).join('\n');
    expect(text).toContain('freeze（示例市法院）; lien');
  });

  it('lists at most so many of each, and says how many are left out', () => {
    const many = (verdict: CoverageLine['verdict']) =>
      Array.from({ length: 5 }, (_, index) => line(`${verdict}.${index}`, { verdict, reason: null }));
    const assets = Array.from({ length: 5 }, (_, index) => account(index));
    const shown = presentReport(report({ assets, lines: [...many('nothing'), ...many('no-answer')] }), {
      ...plain,
      mostLines: 2,
    });
    expect(shown.filter((each) => each.includes('6222'))).toHaveLength(2);
    expect(shown.filter((each) => each === '  … +3')).toHaveLength(2); // accounts, and those that did not answer
    expect(shown).toContain('  机构 nothing.0、机构 nothing.1 … +3');
    expect(shown).toContain('存款账户 Deposit accounts (5)');
  });

  it('begins with the drill where a simulator answered, and only there', () => {
    expect(presentReport(report({ simulated: true }), plain)[0]).toContain('DRILL');
    expect(presentReport(report({}), plain)[0]).toBe('已查明合计');
  });

  it('has colours only when they are asked for', () => {
    expect(presentReport(report({ lines }), plain).join('')).not.toContain('\u001B');
    expect(presentReport(report({ lines }), { ...plain, colours: true }).join('')).toContain('\u001B[33m▨');
  });
});
