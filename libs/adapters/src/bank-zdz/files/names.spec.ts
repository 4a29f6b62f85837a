import { describe, expect, it } from '@jest/globals';
import { entryName, readArrivedName, readEntryName, zipName } from './names.ts';

const of = { code: 'C9999900000000001', batchNumber: '202603010000000000000000000001' };
const key = 'C9999900000000001202603010000000000000000000001';

describe('names of files (bank-zdz.md §1.2)', () => {
  it('are the example of the wire document, 49 characters before the extension', () => {
    expect(entryName('QA', of)).toBe('QAC9999900000000001202603010000000000000000000001.xml');
    expect(entryName('QA', of).replace('.xml', '')).toHaveLength(49);
  });

  it('of the other families differ in their first letters only', () => {
    expect([zipName('CXQQ', of), entryName('QI', of), entryName('QC', of), entryName('QNR', of)]).toEqual([
      ...[`CXQQ${key}.zip`, `QI${key}`, `QC${key}.xml`, `QNR${key}.xml`],
    ]);
  });

  it.each([
    { ...of, code: 'C999990000000001' },
    { ...of, batchNumber: '1' },
    { ...of, code: '../../etc/passwdx' },
  ])('are not made of anything else: %j', (wrong) => {
    expect(() => zipName('CXQQ', wrong)).toThrow(RangeError);
  });

  it.each([
    [`CXFK${key}.zip`, 'CXFK'],
    [`cxfk${key}`, 'CXFK'],
    [`QNA${key}.xml`, 'QNA'],
    [`CXQQ${key}.zip`, null],
    [`CXFK${key}0.zip`, null],
    [`CXFK${key}.zip.part`, null],
    [`KZFK${key}.zip`, null],
    [`../CXFK${key}.zip`, null],
  ])('%s in a folder is %s', (name, kind) => {
    expect(readArrivedName(name)?.kind ?? null).toBe(kind);
  });

  it.each([
    [`QR${key}000000000001.xml`, 'QR'],
    [`QR${key}.xml`, 'QR'],
    [`QNA${key}.xml`, 'QNA'],
    [`QRI${key}.xml`, null],
    [`QR${key}1.xml`, null],
  ])('%s in a package is %s', (name, kind) => {
    expect(readEntryName(name)?.kind ?? null).toBe(kind);
  });

  it('say whose package it is', () => {
    expect(readArrivedName(`CXFK${key}.zip`)).toEqual({ kind: 'CXFK', ...of });
  });
});
