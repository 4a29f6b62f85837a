import { describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import { fileTypeOf, safeFileName } from './file-type.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('the type of a file', () => {
  it.each([
    ['%PDF-1.7 …', 'pdf'],
    ['\xff\xd8\xff\xe0', 'jpg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['PK\x03\x04 … OFD.xml …', null],
    ['<script>%PDF-', null],
    ['PK\x03\x04 … word/document.xml', null],
    ['<html>', null],
    ['', null],
  ])('of %j is %s', (text, fileType) => {
    expect(fileTypeOf(bytes(text))).toBe(fileType);
  });
});

describe('an archive as a file', () => {
  const zip = (...names: string[]) =>
    Buffer.from(zipSync(Object.fromEntries(names.map((name) => [name, bytes('content')])), { level: 0 }));

  it('is an OFD when its directory says so', () => {
    expect(fileTypeOf(zip('OFD.xml', 'Doc_0/Document.xml'))).toBe('ofd');
    expect(fileTypeOf(zip('word/OFD.xml'))).toBeNull();
  });

  it('is none with a bomb, a way out, or another type before it', () => {
    const bomb = zipSync({ 'OFD.xml': new Uint8Array(3_000_000) }, { level: 9 });
    expect(fileTypeOf(bomb)).toBeNull();
    expect(fileTypeOf(zip('OFD.xml', '../x'))).toBeNull();
    for (const start of ['%PDF-1.7', '\xff\xd8\xff\xe0', '\x89PNG\r\n\x1a\n', '<html>'])
      expect(fileTypeOf(movedBy(bytes(start), zip('OFD.xml')))).toBeNull();
  });

  /** An archive behind other bytes, its offsets moved along: it opens as both. */
  function movedBy(start: Buffer, archive: Buffer): Buffer {
    const moved = Buffer.from(archive);
    for (const [signature, at] of [
      ['PK\x01\x02', 42],
      ['PK\x05\x06', 16],
    ] as const) {
      const place = moved.indexOf(bytes(signature)) + at;
      moved.writeUInt32LE(moved.readUInt32LE(place) + start.length, place);
    }
    return Buffer.concat([start, moved]);
  }
});

describe('the name of a file', () => {
  it.each([
    ['通知书.pdf', '通知书.pdf'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['a.pdf.exe', 'a.pdf.exe.pdf'],
    ['a.PDF', 'a.PDF'],
    ['a.pdf.html', 'a.pdf.html.pdf'],
    ['C:\\temp\\a.pdf', 'a.pdf'],
    ['..', 'document.pdf'],
    ['a"b\u202e\u0000.pdf', 'ab.pdf'],
    ['', 'document.pdf'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeFileName(name, 'pdf')).toBe(safe);
  });
});
