import { describe, expect, it } from '@jest/globals';
import { readZip, writeZip } from './zip.ts';

const limits = { maxEntries: 10, maxBytes: 100_000, maxRatio: 50 };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const plain = (name = 'a.xml', content = 'content') => writeZip([{ name, bytes: bytesOf(content) }]);
const entry = Buffer.from([0x50, 0x4b, 0x01, 0x02]);

/** An archive with one thing changed in the directory entry, as an attacker writes it. */
function changed(change: (archive: Buffer, directory: number) => void, archive = plain()): Uint8Array {
  const bytes = Buffer.from(archive);
  change(bytes, bytes.indexOf(entry));
  return bytes;
}
const refusal = (archive: Uint8Array): string => {
  try {
    readZip(archive, limits);
    return 'read';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'thrown';
  }
};

/** Every entry points to the same bytes, so that a small archive unpacks to many times its size. */
function overlapping(): Uint8Array {
  const archive = Buffer.from(
    writeZip([
      { name: 'a', bytes: bytesOf('x'.repeat(40)) },
      { name: 'b', bytes: bytesOf('x'.repeat(40)) },
    ]),
  );
  const second = archive.indexOf(entry, archive.indexOf(entry) + 4);
  archive.writeUInt32LE(0, second + 42);
  archive.write('a', second + 46); // names are compared too
  return archive;
}

describe('an archive of an attacker is refused', () => {
  it.each<[string, string, Uint8Array]>([
    ['damaged', 'ZIP with a damaged file', changed((archive, at) => archive.writeUInt32LE(1, at + 16))],
    ['encrypted', 'ZIP with an encrypted file', changed((archive, at) => archive.writeUInt16LE(1, at + 8))],
    ['a link', 'ZIP with a link', changed((archive, at) => archive.writeUInt32LE(0xa1ff0000, at + 38))],
    ['another method', 'ZIP packed in an unknown way', changed((archive, at) => archive.writeUInt16LE(14, at + 10))],
    [
      'more than it declares',
      'ZIP that cannot be unpacked',
      changed((archive, at) => archive.writeUInt32LE(3, at + 24)),
    ],
    ['less than it declares', 'ZIP with a damaged file', changed((archive, at) => archive.writeUInt32LE(9, at + 24))],
    ['a bomb by ratio', 'ZIP packed beyond belief', plain('a', 'x'.repeat(90_000))],
    [
      'one name outside, another inside',
      'ZIP that cannot be unpacked',
      changed((archive, at) => archive.write('b', at + 46)),
    ],
    ['entries that share bytes', 'ZIP that cannot be unpacked', overlapping()],
    [
      'an entry behind the end',
      'ZIP that cannot be unpacked',
      changed((archive, at) => archive.writeUInt32LE(9_000, at + 42)),
    ],
    [
      'of several files',
      'ZIP that cannot be unpacked',
      changed((archive) => archive.writeUInt16LE(1, archive.length - 18)),
    ],
    ...['../a', 'a/../../b', '/etc/passwd', 'C:\\a', 'a\\..\\b', 'a\u0000.xml', 'C:a'].map(
      (name): [string, string, Uint8Array] => [
        JSON.stringify(name),
        'ZIP with a name that leads elsewhere',
        plain(name),
      ],
    ),
    [
      'many entries',
      'ZIP with too many files',
      writeZip(Array.from({ length: 11 }, (_, no) => ({ name: `${no}`, bytes: bytesOf('x') }))),
    ],
  ])('%s', (_, said, archive) => {
    expect(refusal(archive)).toBe(`NoAnswer: ${said}`);
  });

  it('one name twice', () => {
    const archive = Buffer.from(
      writeZip([
        { name: 'a', bytes: bytesOf('1') },
        { name: 'b', bytes: bytesOf('2') },
      ]),
    );
    for (let at = archive.indexOf('b'); at >= 0; at = archive.indexOf('b', at + 1)) archive.write('a', at);
    expect(refusal(archive)).toBe('NoAnswer: ZIP with one name twice');
  });

  it('but an archive inside is a file like another, and stays packed', () => {
    const inner = plain('inner.xml');
    const [file] = readZip(writeZip([{ name: 'inner.zip', bytes: inner }]), limits);
    expect(Buffer.from(file!.bytes)).toEqual(Buffer.from(inner));
  });
});
