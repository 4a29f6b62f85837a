import { describe, expect, it } from '@jest/globals';
import { newDebtorSchema } from '#contracts';
import { readDebtor } from './read-debtor.ts';

const entered = (ids: { type: string; number: string }[], name = '李四') =>
  newDebtorSchema.parse({ kind: 'natural', name, role: 'debtor-under-execution', ids });
const wrong = (ids: { type: string; number: string }[], name?: string) => {
  try {
    readDebtor(entered(ids, name));
    return [];
  } catch (error) {
    return (error as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
  }
};
const id = { type: 'citizen-id', number: '320100198510120237' };

describe('an entered debtor', () => {
  it('has the strongest identifier first and the derived forms', () => {
    const { debtor, warnings } = readDebtor(entered([{ type: 'passport', number: 'E12345678' }, id], '  李四 '));
    expect(debtor).toMatchObject({
      name: '李四',
      ids: [{ type: 'citizen-id', variant15: '320100851012023', checksum: 'ok' }, { type: 'passport' }],
    });
    expect(warnings).toEqual([]);
  });

  it('asks to confirm what may be wrong, at the place where it was entered', () => {
    const { warnings } = readDebtor(
      entered(
        [
          { type: 'other', number: 'X1' },
          { ...id, number: '320100198510120238' },
          { ...id, number: '320100851012023' },
        ],
        '李𠮷',
      ),
    );
    expect(warnings.map(({ code, pointer }) => `${pointer} ${code}`)).toEqual([
      '/ids/1/number checksum-failed',
      '/ids/2/number id15-only',
      '/name rare-character',
    ]);
    expect(warnings.at(-1)?.detail).toContain('U+20BB7');
  });

  it('is refused with every number that cannot be one', () => {
    expect(wrong([{ ...id, number: 'abc' }, id, { type: 'uscc', number: '1' }], ' ')).toEqual([
      '/ids/0/number',
      '/ids/2/number',
      '/name',
    ]);
  });
});
