import { describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import writeXlsxFile from 'write-excel-file/node';
import { guessMapping, missingFields } from './columns.ts';
import { checkRow } from './check-row.ts';
import { readTable } from './read-table.ts';

const headers = ['案号', '被执行人', '身份证号'];
const line = ['（2026）京9901执1号', '张三', '110100199003074112'];
const csv = (...rows: readonly (readonly string[])[]) => rows.map((row) => row.join(',')).join('\r\n');
/** 案号 and 张三 in GB 18030, written out: nothing here can encode it. */
const gb = Buffer.from('b0b8bac52cd0d5c3fb2cd6a4bcfebac50a312cd5c5c8fd2c32', 'hex');
const codesOf = async (bytes: Buffer) => {
  const { headers: read, rows } = await readTable(bytes);
  const columns = { headers: read, mapping: guessMapping(read) };
  return rows.map((row) => checkRow(row, columns).problems.map(({ code }) => code));
};

describe('a list that somebody brings', () => {
  it.each([
    ['utf-8', Buffer.from(csv(headers, line))],
    ['utf-8-bom', Buffer.from(`\ufeff${csv(headers, line)}`)],
    ['utf-16le', Buffer.from(`\ufeff${csv(headers, line)}`, 'utf16le')],
  ])('is read as %s', async (encoding, bytes) => {
    expect(await readTable(bytes)).toEqual({
      ...{ format: 'csv', encoding, headers },
      rows: [{ row: 2, cells: line, formulas: [] }],
    });
  });

  it('is read as GB 18030, and refused when its bytes are of no encoding', async () => {
    expect(await readTable(gb)).toMatchObject({ encoding: 'gb18030', rows: [{ cells: ['1', '张三', '2'] }] });
    const broken = Buffer.concat([gb, Buffer.from([0xd5])]);
    await expect(readTable(broken)).rejects.toMatchObject({ errors: [{ code: 'encoding' }] });
  });

  it('is read as it is pasted, and keeps the numbers of its rows over an empty one', async () => {
    const pasted = [headers, [], line].map((row) => row.join('\t')).join('\n');
    expect((await readTable(Buffer.from(pasted))).rows).toEqual([{ row: 3, cells: line, formulas: [] }]);
  });

  it('is read from a workbook', async () => {
    const bytes = await writeXlsxFile(
      [headers, line].map((row) => row.map((value) => ({ value, type: String }))),
    ).toBuffer();
    expect(await readTable(bytes)).toMatchObject({
      format: 'xlsx',
      encoding: null,
      headers,
      rows: [{ row: 2, cells: line }],
    });
  });

  it('says which cells of a workbook were calculated', async () => {
    const cells = [
      ...line.slice(0, 2).map((value) => ({ value, type: String })),
      { value: 'A2', type: 'Formula' as const },
    ];
    const bytes = await writeXlsxFile([headers.map((value) => ({ value, type: String })), cells]).toBuffer();
    expect(await readTable(bytes)).toMatchObject({ rows: [{ formulas: [2] }] });
    expect((await codesOf(bytes))[0]).toContain('formula');
  });

  it('is refused when it is a program, or a document', async () => {
    for (const bytes of [Buffer.from('\u007fELF\u0002\u0001'), Buffer.from('a\u0000b')])
      await expect(readTable(bytes)).rejects.toMatchObject({ code: 'unsupported-media-type' });
  });

  it.each([
    ['archive-limits', Buffer.from(zipSync({ 'xl/workbook.xml': new Uint8Array(60_000_000) }))],
    ['archive-limits', Buffer.from('PK\u0003\u0004 cut off', 'latin1')],
    ['no-rows', Buffer.from(csv(headers))],
    ['no-headers', Buffer.from(csv(line, line))],
    ['no-headers', Buffer.from(csv(['张三', '110100199003074112'], line.slice(1)))],
    ['too-many-rows', Buffer.from(csv(headers, ...Array.from({ length: 2_001 }, () => line)))],
    ['csv-form', Buffer.from(csv(headers, ['"never closed']))],
  ])('is refused with %s', async (code, bytes) => {
    await expect(readTable(bytes)).rejects.toMatchObject({ errors: [{ pointer: '/file', code }] });
  });

  it('says of every row everything that is wrong with it', async () => {
    const rows = [
      line,
      ['', '', ''],
      ['（2026）京9901执1号', '', '11010019900307411'],
      ['京9901执1号', '张?', '1.10100199003074E+17'],
      ['（2026）京9901执1号', '李四', '110100199003074113'],
      ['（2026）京9901执1号', '某公司', '91110000MA00XY018L'],
    ];
    expect(await codesOf(Buffer.from(csv(headers, ...rows)))).toEqual([
      [],
      ['required', 'identifier-length'],
      ['case-number-form', 'lost', 'excel-number'],
      ['checksum-failed'],
      [],
    ]);
  });

  it('says when a row has cells that no header stands over, until they are gone or somebody says what they hold', async () => {
    const moved = ['（2026）京9901执1号', '张三', '110100199003074112', '李四'];
    expect(await codesOf(Buffer.from(csv(headers, line, moved, [...line, '', ' '])))).toEqual([[], ['shifted'], []]);
    expect(await codesOf(Buffer.from(csv([...headers, ''], moved)))).toEqual([['shifted']]);
    const [row] = (await readTable(Buffer.from(csv([...headers, ''], moved)))).rows;
    const mapping = { caseNumber: 0, name: 3, idNumber: 2 };
    expect(checkRow(row!, { headers: [...headers, ''], mapping })).toMatchObject({ name: '李四', problems: [] });
  });

  it('takes a number with a wrong check digit once somebody has confirmed it', async () => {
    const confirmed = csv([...headers, '号码已核对'], ['（2026）京9901执1号', '李四', '110100199003074113', '是']);
    expect(await codesOf(Buffer.from(confirmed))).toEqual([[]]);
  });

  it('misses the columns that it needs', () => {
    expect(missingFields(guessMapping(['案 号', '备注']))).toEqual(['name', 'idNumber']);
  });
});
