import { describe, expect, it } from '@jest/globals';
import { hashOf, yuan } from './made-up-answers.spec.ts';
import { guardPurpose, type PurposeToCheck } from './purpose-guard.ts';

const whole: PurposeToCheck = {
  purpose: 'execution',
  case: { caseNumber: '（2026）京9901执1号', courtCode: '990100', courtName: '示例市中级人民法院' },
  debtor: { role: 'debtor-under-execution' },
  legal: {
    basis: '（2025）京9901民初7号民事判决书',
    documentName: '（2026）京9901执1号协助查询存款通知书',
    documentNumber: 'W20260301000001',
    documentHash: hashOf('notice'),
    preservationLimit: null,
  },
  officer: { id: 'usr_01', courtCode: '990100', workCardNo: null, dutyCardNo: 'D001' },
  approver: null,
  approverRequired: false,
};
const preservation: PurposeToCheck = {
  ...whole,
  purpose: 'preservation',
  case: { caseNumber: '（2026）京9901执保1号', courtCode: '990100', courtName: '示例市中级人民法院' },
  debtor: { role: 'respondent-under-preservation' },
  legal: { ...whole.legal, preservationLimit: yuan('1000.00') },
};
const missing = (check: PurposeToCheck): string[] =>
  guardPurpose(check).map(({ rule, pointer, code }) => `${rule} ${pointer} ${code}`);

describe('the guard of purpose', () => {
  it('lets a whole inquiry pass', () => {
    expect(guardPurpose(whole)).toEqual([]);
    expect(guardPurpose(preservation)).toEqual([]);
  });

  it('names everything that is missing at once, without any value', () => {
    const items = guardPurpose({
      ...whole,
      case: { caseNumber: ' ', courtCode: null, courtName: null },
      debtor: null,
      legal: { basis: null, documentName: '', documentNumber: null, documentHash: null, preservationLimit: null },
      officer: null,
      approverRequired: true,
    });
    expect(items.map(({ rule }) => rule)).toEqual(['G1', 'G1', 'G2', 'G3', 'G3', 'G3', 'G3', 'G4', 'G6']);
    expect(items.every(({ detail, fix }) => detail !== '' && fix !== '')).toBe(true);
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
  });

  it('wants an officer of this court with a card (G4)', () => {
    const officer = { id: 'usr_01', courtCode: '990200', workCardNo: ' ', dutyCardNo: null };
    expect(missing({ ...whole, officer })).toEqual(['G4  no-card', 'G4  other-court']);
  });

  it('refuses a purpose only where the case number clearly contradicts it (G5)', () => {
    expect(missing({ ...whole, case: preservation.case })).toEqual(['G5 /purpose contradicts-case']);
    expect(missing({ ...preservation, case: whole.case })).toEqual(['G5 /purpose contradicts-case']);
    for (const caseNumber of ['（2026）京9901财保1号', '（2026）京9901执异1号', 'a number of another form']) {
      const file = { caseNumber, courtCode: '990100', courtName: '示例市中级人民法院' };
      expect(guardPurpose({ ...preservation, case: file })).toEqual([]);
      expect(guardPurpose({ ...whole, case: file })).toEqual([]);
    }
  });

  it('wants another person as approver (G6)', () => {
    expect(missing({ ...whole, approver: { id: 'usr_01' } })).toEqual(['G6 /approverId same-person']);
    expect(missing({ ...whole, approverRequired: true })).toEqual(['G6 /approverId required']);
    expect(missing({ ...whole, approver: { id: 'usr_02' }, approverRequired: true })).toEqual([]);
  });
});
