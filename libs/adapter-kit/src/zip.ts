import { NoAnswer, type NamedBytes } from '#contracts';
import { unzipSync, zipSync } from 'fflate';

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
 * The files of a ZIP, in its order. Their sizes are checked before anything is unpacked, and no entry is unpacked beyond
 * the size it declares, so that a small file cannot fill the memory.
 *
 * @throws NoAnswer unintelligible: no ZIP, cut off, over a limit, or one name twice
 */
export function readZip(bytes: Uint8Array, limits: ZipLimits): readonly NamedBytes[] {
  const seen = new Set<string>();
  let total = 0;
  const admit = (entry: { name: string; size: number; originalSize: number }): boolean => {
    total += entry.originalSize;
    if (seen.has(entry.name)) throw broken('with one name twice');
    seen.add(entry.name);
    if (seen.size > limits.maxEntries) throw broken('with too many files');
    if (total > limits.maxBytes) throw broken('too large');
    if (entry.originalSize > Math.max(entry.size, 1) * limits.maxRatio) throw broken('packed beyond belief');
    return !entry.name.endsWith('/');
  };
  const files = unzipped(bytes, admit);
  return Object.entries(files).map(([name, content]) => ({ name, bytes: content }));
}

type Admit = (entry: { name: string; size: number; originalSize: number }) => boolean;

function unzipped(bytes: Uint8Array, filter: Admit): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    throw broken('that cannot be unpacked');
  }
}

const broken = (how: string): NoAnswer => new NoAnswer('unintelligible', `ZIP ${how}`);
