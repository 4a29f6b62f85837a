import { describe, expect, it } from '@jest/globals';
import type { FoundAsset, Inquiry, ReportBody, Summary } from '#contracts';
import {
  account,
  byNameOnly,
  encumbrance,
  found,
  inquiry,
  line,
  mergeInput,
  minute,
  realEstate,
  vehicle,
  yuan,
} from './made-up-answers.spec.ts';
import { mergeReport } from './merge.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const numbered = (accountNumber: string, changes: Parameters<typeof account>[0] = {}) =>
  account({ accountNumber, ...changes });

/** Summary of an inquiry that one agency answers wholly with these assets. */
function summaryOf(
  assets: readonly FoundAsset[],
  legal: Partial<Inquiry['legal']> = {},
  purpose: Inquiry['purpose'] = 'execution',
): Summary {
  return reportOf(assets, { ...inquiry, purpose, legal: { ...inquiry.legal, ...legal } }).summary;
}
const reportOf = (assets: readonly FoundAsset[], about: Inquiry = inquiry): ReportBody =>
  mergeReport(mergeInput({ inquiry: about, plan: [line('bank.a')], answers: [found({ agencyId: 'bank.a' }, assets)] }));
const total = (assets: readonly FoundAsset[]): Summary['totalsByCurrency'][number] | undefined =>
  summaryOf(assets).totalsByCurrency[0];

describe('totals', () => {
  it('add up per currency, exactly', () => {
    expect(
      summaryOf([
        numbered('1', { balance: yuan('0.1'), availableBalance: yuan('0.1') }),
        numbered('2', { balance: yuan('0.2'), availableBalance: yuan('0.05') }),
        numbered('3', { currency: 'USD', balance: usd('7'), availableBalance: usd('7') }),
      ]).totalsByCurrency,
    ).toEqual([
      { currency: 'CNY', balance: '0.30', available: '0.15', alreadyFrozen: '0.00', atLeast: false },
      { currency: 'USD', balance: '7.00', available: '7.00', alreadyFrozen: '0.00', atLeast: false },
    ]);
  });

  it('are missing where no amount is known (R7)', () => {
    expect(summaryOf([account({ balance: null, availableBalance: null })]).totalsByCurrency).toEqual([]);
  });

  it('leave out closed accounts and name-only matches', () => {
    const closed = { code: 'closed', label: { zh: '销户', en: 'Closed' }, rawCode: null, rawLabel: null } as const;
    expect(total([numbered('1'), numbered('2', { status: closed }), numbered('3', byNameOnly)])?.balance).toBe(
      '12500.00',
    );
  });

  it('are lower bounds (≥, C2) while anything that belongs to them is unknown', () => {
    const sub = {
      ...{ sequence: null, mainAccount: null, class: null, balance: yuan('8000.00'), availableBalance: null },
      remark: null,
    };
    expect(total([numbered('1'), numbered('2', { balance: null })])?.atLeast).toBe(true);
    expect(total([numbered('1'), numbered('2', { availableBalance: null })])?.atLeast).toBe(true);
    expect(
      total([numbered('1'), numbered('2', { currency: null, balance: null, availableBalance: null })])?.atLeast,
    ).toBe(true);
    expect(total([numbered('1', { subAccounts: [{ ...sub, number: '0001', currency: 'CNY' }] })])).toMatchObject({
      balance: '12500.00',
      atLeast: true,
    });
  });

  it('are lower bounds where one answer gives two balances for one account', () => {
    const cash = numbered('1', { cashOrRemittance: 'cash' });
    const remittance = numbered('1', { cashOrRemittance: 'remittance', balance: yuan('3.00') });
    expect(total([cash, remittance])).toMatchObject({ balance: '12500.00', atLeast: true });
  });

  it('are exact where a newer answer replaces a balance', () => {
    const plan = [line('bank.a'), line('bank.b')];
    const answers = [
      found({ agencyId: 'bank.a' }, [account()], { asOf: minute(1) }),
      found({ agencyId: 'bank.b' }, [account({ balance: yuan('3.00') })], { asOf: minute(2) }),
    ];
    const { summary } = mergeReport(mergeInput({ plan, answers }));
    expect(summary).toMatchObject({ duplicatesMerged: 1, totalsByCurrency: [{ balance: '3.00', atLeast: false }] });
  });

  it('say what is already frozen, as far as agencies say it', () => {
    const controlled = (amount: string) =>
      encumbrance('freeze', { amount: { requested: null, controlled: yuan(amount), waiting: null } });
    expect(total([account({ encumbrances: [controlled('100.00'), controlled('50.00')] })])?.alreadyFrozen).toBe(
      '150.00',
    );
    expect(total([account({ encumbrances: [controlled('99999999.00')] })])?.alreadyFrozen).toBe('12500.00');
    expect(
      total([account({ availableBalance: yuan('2500.00'), encumbrances: [encumbrance('freeze')] })])?.alreadyFrozen,
    ).toBe('10000.00');
    expect(total([account({ encumbrances: [encumbrance('waiting-freeze')] })])?.alreadyFrozen).toBe('0.00');
  });
});

describe('the claim', () => {
  it('is covered by available money in its own currency', () => {
    expect(summaryOf([account()]).claimCoverage).toEqual({ ratio: '0.0125', atLeast: false });
    expect(
      summaryOf([account({ currency: 'USD', balance: usd('1'), availableBalance: usd('1') })]).claimCoverage,
    ).toBeNull();
    expect(summaryOf([account()], { claimOutstanding: null, claimAmount: null }).claimCoverage).toBeNull();
  });

  it('is a lower bound where only the original claim is known', () => {
    expect(summaryOf([account()], { claimOutstanding: null }).claimCoverage).toEqual({
      ratio: '0.0062',
      atLeast: true,
    });
  });

  it('is the ordered amount of a preservation', () => {
    expect(summaryOf([account()], { preservationLimit: yuan('25000.00') }, 'preservation').claimCoverage?.ratio).toBe(
      '0.5',
    );
  });

  it('leaves small accounts apart when both limits hold', () => {
    const assets = [
      numbered('1', { balance: yuan('999.99') }),
      numbered('2', { balance: yuan('1000.00') }),
      numbered('3', { balance: null }),
    ];
    expect(summaryOf(assets).deMinimisAccounts).toEqual({
      count: 1,
      total: '999.99',
      amountLimit: '1000',
      ratioLimit: '0.05',
    });
    expect(summaryOf(assets, { claimOutstanding: yuan('100.00') }).deMinimisAccounts.count).toBe(0);
    expect(summaryOf(assets, { claimOutstanding: null, claimAmount: null }).deMinimisAccounts.count).toBe(0);
  });

  it('may be exceeded by what this case already holds', () => {
    const held = encumbrance('freeze', {
      caseNumber: '（2026）京9901执1号',
      amount: { requested: null, controlled: yuan('800.00'), waiting: null },
    });
    const assets = [numbered('1', { encumbrances: [held] }), numbered('2', { encumbrances: [held] })];
    expect(summaryOf(assets, { claimOutstanding: yuan('1000.00') }).possibleOverSeizure).toEqual({
      flag: true,
      reason: '本案已控制 ¥1,600.00，超过 ¥1,000.00 / Held for this case ¥1,600.00, more than ¥1,000.00',
    });
    expect(summaryOf(assets).possibleOverSeizure).toEqual({ flag: false, reason: null });
    const others = [account({ encumbrances: [{ ...held, caseNumber: '（2025）京9902执9号' }] })];
    expect(summaryOf(others, { claimOutstanding: yuan('1.00') }).possibleOverSeizure.flag).toBe(false);
  });
});

describe('freshness', () => {
  it('counts old and undated data as stale, from the state of the report', () => {
    const assets = [
      numbered('1', { balanceAsOf: minute(0) }),
      numbered('2', { balanceAsOf: '2026-02-27' }),
      realEstate({ asOf: '2026-02-10' }),
      vehicle({ asOf: '2026-01-01' }),
    ];
    expect(summaryOf(assets).staleAssets).toBe(2);
    const undated = found({ agencyId: 'bank.a' }, [account()], { asOf: null, asOfKind: null });
    expect(mergeReport(mergeInput({ plan: [line('bank.a')], answers: [undated] })).summary.staleAssets).toBe(1);
  });

  it('names measures of this case that end within 30 days', () => {
    const own = (endsOn: string) =>
      encumbrance('freeze', { documentNumber: '（2026）京9901执1号之一', endsOn, rank: 0 });
    const ends = ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map(own);
    const others = encumbrance('freeze', { documentNumber: '（2025）京9902执9号', endsOn: '2026-03-02', rank: 1 });
    expect(summaryOf([account({ encumbrances: [others, ...ends] })]).expiring).toEqual([
      { assetId: 'ast_bank-a-1', encumbranceIndex: 1, endsOn: '2026-03-01' },
      { assetId: 'ast_bank-a-1', encumbranceIndex: 2, endsOn: '2026-03-31' },
    ]);
  });
});

describe('counts and notes', () => {
  it('tell what is in review, foreign, or a valuation', () => {
    const summary = summaryOf([
      numbered('1'),
      numbered('2', { currency: 'USD', balance: usd('1'), availableBalance: usd('1') }),
      numbered('3', byNameOnly),
      realEstate(),
    ]);
    expect(summary).toMatchObject({
      countsByKind: { 'deposit-account': 2, 'real-estate': 1 },
      assetsNeedingReview: 1,
      possibleDuplicates: 0,
      declaredVersusFound: null,
    });
    expect(summary.notes.map(({ code }) => code)).toEqual(['in-review', 'not-added']);
    expect(summary.sentence.zh).toBe(
      '1 家均已反馈：1 家查有财产；已查明合计 ¥12,500.00、USD 1.00。1 条财产待核实身份，未计入合计。含 1 项外币或估值，未折算计入。',
    );
  });
});
