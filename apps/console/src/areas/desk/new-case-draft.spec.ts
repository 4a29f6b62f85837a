import { expect, it } from '@jest/globals';
import { caseOf, emptyCase, faultsOf } from './new-case-draft.ts';

const court = { courtCode: '990100', courtName: '某市某区人民法院' };

it('names everything that is wrong at once', () => {
  expect(faultsOf({ ...emptyCase, claim: '两百万' })).toEqual([
    { field: 'caseNumber', code: 'required' },
    { field: 'legalBasis', code: 'required' },
    { field: 'claim', code: 'amount' },
  ]);
});

it('reads amounts as people write them', () => {
  const draft = { ...emptyCase, caseNumber: ' （2026）京9901执1号 ', legalBasis: '判决书', claim: '￥2,000,000.00' };
  expect(faultsOf(draft)).toEqual([]);
  expect(caseOf(draft, court)).toMatchObject({
    caseNumber: '（2026）京9901执1号',
    claim: { amount: '2000000.00', currency: 'CNY' },
  });
});

it('leaves what is not known unknown: no 0, no date of today', () => {
  expect(caseOf(emptyCase, court)).toMatchObject({ claim: null, filedOn: null, executionNoticeOn: null });
});
