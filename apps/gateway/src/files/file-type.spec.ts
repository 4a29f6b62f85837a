import { describe, expect, it } from '@jest/globals';
import { fileTypeOf, safeFileName } from './file-type.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('the type of a file', () => {
  it.each([
    ['%PDF-1.7 …', 'pdf'],
    ['\xff\xd8\xff\xe0', 'jpg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['PK\x03\x04 … OFD.xml …', 'ofd'],
    ['PK\x03\x04 … word/document.xml', null],
    ['<html>', null],
    ['', null],
  ])('of %j is %s', (text, fileType) => {
    expect(fileTypeOf(bytes(text))).toBe(fileType);
  });
});

describe('the name of a file', () => {
  it.each([
    ['通知书.pdf', '通知书.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\a.pdf', 'a.pdf'],
    ['..', 'document.pdf'],
    ['a"b\u202e\u0000.pdf', 'ab.pdf'],
    ['', 'document.pdf'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeFileName(name, 'pdf')).toBe(safe);
  });
});
