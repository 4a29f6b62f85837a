import { crc32, inflateRawSync } from 'node:zlib';
import { NoAnswer, type NamedBytes, zipDirectory, type ZipEntry } from '#contracts';
import { zipSync } from 'fflate';

export interface ZipLimits {
  readonly maxEntries: number;
  readonly maxBytes: number; // of all entries together, unpacked
  readonly maxRatio: number; // unpacked to packed bytes of one entry
}

/** The first day a ZIP can name in every time zone: the same entries always make the same bytes. */
const noTime = new Date(Date.UTC(1980, 0, 2));

export function writeZip(entries: readonly NamedBytes[]): Uint8Array {
  const byName = Object.fromEntries(entries.map(({ name, bytes }) => [name, bytes]));
  return zipSync(byName, { mtime: noTime, level: 6 });
}

/**
 * The files of a ZIP, in its order. Names and sizes are checked before anything is unpacked, no entry is unpacked beyond
 * the size it declares, and each must have the checksum it declares. An archive inside is a file like another.
 *
 * @throws NoAnswer unintelligible: no ZIP, cut off, damaged, encrypted, over a limit, a name that leads out of a folder,
 *   a link, or one name twice
 */
export function readZip(bytes: Uint8Array, limits: ZipLimits): readonly NamedBytes[] {
  const directory = zipDirectory(bytes);
  if (directory === null) throw broken('that cannot be unpacked');
  const seen = new Set<string>();
  let total = 0;
  for (const entry of directory) {
    total += entry.unpackedBytes;
    if (seen.has(entry.name)) throw broken('with one name twice');
    seen.add(entry.name);
    if (seen.size > limits.maxEntries) throw broken('with too many files');
    if (total > limits.maxBytes) throw broken('too large');
    checkEntry(entry, limits);
  }
  return directory
    .filter(({ name }) => !name.endsWith('/'))
    .map((entry) => ({ name: entry.name, bytes: unpacked(entry, bytes) }));
}

function checkEntry(entry: ZipEntry, { maxRatio }: ZipLimits): void {
  if (entry.isEncrypted) throw broken('with an encrypted file');
  if (entry.isLink) throw broken('with a link');
  if (!isInside(entry.name)) throw broken('with a name that leads elsewhere');
  if (entry.method !== stored && entry.method !== deflated) throw broken('packed in an unknown way');
  if (entry.unpackedBytes > Math.max(entry.packedBytes, 1) * maxRatio) throw broken('packed beyond belief');
}

const stored = 0;
const deflated = 8;

/** Stays below the folder it is put into, on every system. */
const isInside = (name: string): boolean =>
  !/[\p{Cc}\\:]/u.test(name) && !name.startsWith('/') && !name.split('/').includes('..') && name !== '';

function unpacked(entry: ZipEntry, bytes: Uint8Array): Uint8Array {
  const packed = bytes.subarray(entry.dataStart, entry.dataStart + entry.packedBytes);
  const content = entry.method === stored ? Uint8Array.from(packed) : inflated(packed, entry.unpackedBytes);
  if (content.byteLength !== entry.unpackedBytes || crc32(content) !== entry.crc32) throw broken('with a damaged file');
  return content;
}

function inflated(packed: Uint8Array, atMost: number): Uint8Array {
  try {
    const { buffer, byteOffset, byteLength } = inflateRawSync(packed, { maxOutputLength: Math.max(atMost, 1) });
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch {
    throw broken('that cannot be unpacked');
  }
}

const broken = (how: string): NoAnswer => new NoAnswer('unintelligible', `ZIP ${how}`);
