import { describe, expect, it } from '@jest/globals';
import { approvalCauses } from '#contracts';
import fc from 'fast-check';
import { waivedBy } from './asking-rules.ts';
import { hashOf, yuan } from './made-up-answers.spec.ts';
import { guardPurpose, type PurposeToCheck } from './purpose-guard.ts';

const file = {
  caseNumber: '（2026）京9901执1号',
  courtCode: '990100',
  courtName: '示例市中级人民法院',
  state: 'in-progress',
} as const;
const asking: PurposeToCheck['asking'] = {
  approval: { causes: [], by: null, wished: null },
  repeat: null,
  reason: null,
  emergency: null,
};
const whole: PurposeToCheck = {
  purpose: 'execution',
  origin: 'officer',
  case: file,
  debtor: { role: 'debtor-under-execution' },
  legal: {
    basis: '（2025）京9901民初7号民事判决书',
    documentName: '（2026）京9901执1号协助查询存款通知书',
    documentNumber: 'W20260301000001',
    documentHash: hashOf('notice'),
    documentIntact: true,
    preservationLimit: null,
  },
  officer: { id: 'usr_01', courtCode: '990100', workCardNo: null, dutyCardNo: 'D001' },
  asking,
};
const preservation: PurposeToCheck = {
  ...whole,
  purpose: 'preservation',
  case: { ...file, caseNumber: '（2026）京9901执保1号' },
  debtor: { role: 'respondent-under-preservation' },
  legal: { ...whole.legal, preservationLimit: yuan('1000.00') },
};
const missing = (check: PurposeToCheck): string[] =>
  guardPurpose(check).map(({ rule, pointer, code }) => `${rule} ${pointer} ${code}`);
const withAsking = (change: Partial<PurposeToCheck['asking']>) =>
  missing({ ...whole, asking: { ...asking, ...change } });
const approval = (change: object) => ({ ...asking.approval, ...change });
const repeat = { inquiryId: 'inq_1', isRunning: false };

describe('the guard of purpose', () => {
  it('lets a whole inquiry pass', () => {
    expect(guardPurpose(whole)).toEqual([]);
    expect(guardPurpose(preservation)).toEqual([]);
  });

  it('names everything that is missing at once, without any value', () => {
    const items = guardPurpose({
      ...whole,
      case: { caseNumber: ' ', courtCode: null, courtName: null, state: 'concluded' },
      debtor: null,
      legal: { ...whole.legal, basis: null, documentName: '', documentNumber: null, documentHash: null },
      officer: null,
      asking: { ...asking, approval: approval({ causes: ['transactions'] }), repeat },
    });
    expect(items.map(({ rule }) => rule)).toEqual([
      ...['G1', 'G1', 'G2', 'G3', 'G3', 'G3', 'G3', 'G4', 'G9', 'G6', 'G7'],
    ]);
    expect(items.every(({ detail, fix }) => detail !== '' && fix !== '')).toBe(true);
  });

  it('never passes when any single requirement is removed', () => {
    const legal = (change: object) => (check: PurposeToCheck) => ({ ...check, legal: { ...check.legal, ...change } });
    const court = (change: object) => (check: PurposeToCheck) => ({
      ...check,
      case: { ...(check.case ?? file), ...change },
    });
    const officer = (change: object) => (check: PurposeToCheck) => ({
      ...check,
      officer: { ...(check.officer ?? { id: '', courtCode: '', workCardNo: '', dutyCardNo: '' }), ...change },
    });
    const removals: ((check: PurposeToCheck) => PurposeToCheck)[] = [
      (check) => ({ ...check, case: null }),
      (check) => ({ ...check, debtor: null }),
      (check) => ({ ...check, officer: null }),
      ...[{ caseNumber: '' }, { courtCode: null }, { courtName: ' ' }].map(court),
      ...[{ state: 'suspended' }, { state: 'concluded' }].map(court),
      ...[{ basis: null }, { documentName: ' ' }, { documentNumber: '' }, { documentHash: null }].map(legal),
      legal({ documentIntact: false }),
      ...[{ courtCode: 'other' }, { workCardNo: null, dutyCardNo: ' ' }].map(officer),
      (check) => ({ ...check, asking: { ...check.asking, approval: approval({ causes: ['many-debtors'] }) } }),
      (check) => ({ ...check, asking: { ...check.asking, repeat, reason: ' ' } }),
    ];
    const passing = fc.record({
      base: fc.constantFrom(whole, preservation),
      wished: fc.constantFrom(null, 'usr_02'),
      emergency: fc.constant(null),
    });
    fc.assert(
      fc.property(passing, fc.constantFrom(...removals), ({ base, wished, emergency }, remove) => {
        const check = { ...base, asking: { ...base.asking, approval: approval({ wished }), emergency } };
        expect(guardPurpose(check)).toEqual([]);
        expect(guardPurpose(remove(check))).not.toEqual([]);
      }),
    );
  });

  it('lets an emergency skip an approval and a reason, and nothing else', () => {
    const stopped = { approval: approval({ causes: ['transactions'] }), repeat };
    expect(withAsking({ ...stopped, emergency: { bar: null } })).toEqual([]);
    const used = { ...asking, ...stopped, officerId: 'usr_01', emergency: { bar: null } };
    expect(waivedBy(used)).toEqual(['transactions', 'repeat']);
    expect(withAsking({ emergency: { bar: null } })).toEqual(['G6 /emergency not-needed']);
    expect(withAsking({ ...stopped, emergency: { bar: 'review-overdue' } })).toEqual([
      'G6 /emergency review-overdue',
      'G6 /transactionPeriod approval-required',
      'G7 /reason repeat-without-cause',
    ]);
    const groundless = { ...whole, case: null, debtor: null, officer: null };
    expect(missing({ ...groundless, asking: { ...asking, ...stopped, emergency: { bar: null } } })).toEqual([
      ...['G1 /caseId no-case', 'G2 /debtorId not-a-party', 'G4  not-registered'],
    ]);
  });

  it('wants a case (G1)', () => {
    expect(missing({ ...whole, case: null })).toEqual(['G1 /caseId no-case']);
  });

  it('wants the debtor in the role that fits the purpose (G2)', () => {
    expect(missing({ ...whole, debtor: null })).toEqual(['G2 /debtorId not-a-party']);
    expect(missing({ ...whole, debtor: { role: 'respondent-under-preservation' } })).toEqual([
      'G2 /debtorId role-does-not-fit',
    ]);
    expect(missing({ ...preservation, debtor: { role: 'debtor-under-execution' } })).toEqual([
      'G2 /debtorId role-does-not-fit',
    ]);
    expect(missing({ ...preservation, legal: whole.legal })).toEqual(['G2 /caseId required']);
  });

  it('wants the document by name, number and content (G3)', () => {
    expect(missing({ ...whole, legal: { ...whole.legal, documentNumber: null, documentHash: null } })).toEqual([
      'G3 /legal/documentNumber required',
      'G3 /legal/fileId required',
    ]);
    expect(missing({ ...whole, legal: { ...whole.legal, documentIntact: false } })).toEqual([
      'G3 /legal/fileId altered',
    ]);
  });

  it('wants an officer of this court with a card (G4)', () => {
    const officer = { id: 'usr_01', courtCode: '990200', workCardNo: ' ', dutyCardNo: null };
    expect(missing({ ...whole, officer })).toEqual(['G4  no-card', 'G4  other-court']);
  });

  it('refuses a purpose only where the case number clearly contradicts it (G5)', () => {
    expect(missing({ ...whole, case: preservation.case })).toEqual(['G5 /purpose contradicts-case']);
    expect(missing({ ...preservation, case: whole.case })).toEqual(['G5 /purpose contradicts-case']);
    for (const caseNumber of ['（2026）京9901财保1号', '（2026）京9901执异1号', 'a number of another form']) {
      expect(guardPurpose({ ...preservation, case: { ...file, caseNumber } })).toEqual([]);
      expect(guardPurpose({ ...whole, case: { ...file, caseNumber } })).toEqual([]);
    }
  });

  it('wants the decision of another person, whom naming does not replace (G6)', () => {
    expect(withAsking({ approval: approval({ wished: 'usr_01' }) })).toEqual(['G6 /approverId same-person']);
    expect(withAsking({ approval: approval({ by: 'usr_01', causes: ['transactions'] }) })).toEqual([
      'G6 /approverId same-person',
    ]);
    for (const cause of approvalCauses) {
      const named = guardPurpose({
        ...whole,
        asking: { ...asking, approval: approval({ causes: [cause], wished: 'usr_02' }) },
      });
      expect(named.map(({ rule, code, link }) => [rule, code, link])).toEqual([
        ['G6', 'approval-required', '/api/v1/approvals'],
      ]);
      expect(JSON.stringify(named)).not.toMatch(/mark|sensitive/i); // who asks is not told of a mark
      expect(withAsking({ approval: approval({ causes: [cause], by: 'usr_02' }) })).toEqual([]);
    }
  });

  it('wants a reason for asking the same again, and names what runs (G7)', () => {
    expect(withAsking({ repeat })).toEqual(['G7 /reason repeat-without-cause']);
    expect(withAsking({ repeat: { ...repeat, isRunning: true } })).toEqual(['G7 /reason already-running']);
    const [item] = guardPurpose({ ...whole, asking: { ...asking, repeat } });
    expect(item?.link).toBe('/api/v1/inquiries/inq_1');
    expect(withAsking({ repeat, reason: 'a clue' })).toEqual([]);
  });
});
