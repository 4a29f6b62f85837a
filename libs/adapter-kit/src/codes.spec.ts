import { describe, expect, it } from '@jest/globals';
import { codeFrom } from './codes.ts';

const labels = {
  normal: { zh: '正常', en: 'Normal' },
  closed: { zh: '销户', en: 'Closed' },
  other: { zh: '其他', en: 'Other' },
};
const table = { '0': 'normal', 正常: 'normal', 销户: 'closed' } as const;

describe('a code', () => {
  it('is found by its raw code or by its raw label, and keeps both', () => {
    expect(codeFrom(table, labels, { code: '0', label: '正常户' })).toEqual({
      code: 'normal',
      label: labels.normal,
      rawCode: '0',
      rawLabel: '正常户',
    });
    expect(codeFrom(table, labels, { label: ' 销户 ' })).toEqual({
      code: 'closed',
      label: labels.closed,
      rawCode: null,
      rawLabel: '销户',
    });
  });

  it.each(['9', 'toString', '__proto__'])('is other where the table does not know %s', (code) => {
    expect(codeFrom(table, labels, { code })).toEqual({
      code: 'other',
      label: labels.other,
      rawCode: code,
      rawLabel: null,
    });
  });

  it('is unknown where the agency wrote none', () => {
    expect(codeFrom(table, labels, { code: '', label: null })).toBeNull();
    expect(codeFrom(table, labels, {})).toBeNull();
  });
});
