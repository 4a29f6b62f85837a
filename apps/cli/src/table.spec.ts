import { describe, expect, it } from '@jest/globals';
import stringWidth from 'string-width';
import { type Column, table } from './table.ts';

interface Row {
  readonly name: string;
  readonly amount: string;
}
const columns: readonly Column<Row>[] = [
  { title: '机构', most: 10, cell: ({ name }) => name },
  { title: 'amount', side: 'right', cell: ({ amount }) => amount },
];

describe('a table', () => {
  it('lines up by what a terminal shows, where a Chinese character takes two columns', () => {
    const lines = table(columns, [
      { name: '银行甲', amount: '1' },
      { name: 'bank', amount: '12,345' },
    ]);
    expect(lines).toEqual(['  机构    amount', '  ──────  ──────', '  银行甲       1', '  bank    12,345']);
    expect(new Set(lines.map((line) => stringWidth(line)))).toEqual(new Set([16]));
  });

  it('cuts a long cell at its width, whole characters only, and shows that something is lost', () => {
    const [, , row = ''] = table(columns, [{ name: '示例不动产登记中心', amount: '' }]);
    expect(row).toBe('  示例不动…');
    expect(stringWidth(row)).toBeLessThanOrEqual(12);
  });

  it('has a title also without rows', () => {
    expect(table(columns, [])).toEqual(['  机构  amount', '  ────  ──────']);
  });
});
