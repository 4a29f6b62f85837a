import { describe, expect, it } from '@jest/globals';
import { type Draft, documentOf, inquiryOf, previewOf } from './draft.ts';

const whole: Draft = {
  ...{ caseId: 'case_1', debtorId: 'deb_1', purpose: 'execution', categories: null, reason: ' ' },
  document: { documentName: '通知书', documentNumber: 'W1', fileId: 'file_1', fileName: 'notice.pdf' },
};

describe('a draft', () => {
  it('becomes an inquiry about everything when nothing is left out', () => {
    expect(inquiryOf(whole)).toEqual({
      ...{ caseId: 'case_1', debtorId: 'deb_1', purpose: 'execution', reason: null },
      scope: { categories: 'all', agencies: 'all-entitled' },
      legal: { documentName: '通知书', documentNumber: 'W1', fileId: 'file_1' },
    });
    expect(inquiryOf({ ...whole, categories: ['bank'] })?.scope.categories).toEqual(['bank']);
  });

  it.each([
    ['a number', { documentNumber: ' ' }],
    ['a name', { documentName: '' }],
    ['the file', { fileId: null }],
  ])('is not sent without %s of its document, and still previewed', (_, part) => {
    const draft = { ...whole, document: { ...whole.document, ...part } };
    expect(inquiryOf(draft)).toBeNull();
    expect(previewOf(draft)).toMatchObject({ legal: null, caseId: 'case_1' });
  });
});

it('uses the notice of the last inquiry again, and else the usual name', () => {
  const last = { documentName: 'N', documentNumber: '7', fileId: 'file_7', fileName: 'n.pdf' };
  expect(documentOf(last, { caseNumber: '（2026）京9901执1号' })).toEqual(last);
  expect(documentOf(null, { caseNumber: '（2026）京9901执1号' })).toMatchObject({
    documentName: '（2026）京9901执1号协助查询存款通知书',
    fileId: null,
  });
});
