/** One entry of a ZIP archive as its directory describes it (APPNOTE 4.3.12); nothing is unpacked to know it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number; // 0 stored, 8 deflated
  readonly crc32: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number; // as it says itself
  readonly dataStart: number;
  readonly isEncrypted: boolean;
  readonly isLink: boolean; // a symbolic link of Unix
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const fileSignature = 0x04034b50;
const endBytes = 22;
const longestComment = 65_535;

/**
 * The directory of a ZIP archive; null: there is none, it is cut off, it contradicts the entries, entries share bytes, or
 * it is one of those over 4 GB or of several files.
 */
export function zipDirectory(bytes: Uint8Array): readonly ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === null) return null;
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (view.getUint16(end + 4, true) !== 0 || count === 0xffff || start > end) return null;
  const entries: ZipEntry[] = [];
  let at = start;
  for (let no = 0; no < count; no += 1) {
    const read = entryAt(bytes, view, { at, end });
    if (read === null) return null;
    entries.push(read.entry);
    at = read.next;
  }
  return isDisjoint(entries, start) ? entries : null;
}

/** The last end record whose comment ends with the bytes. */
function endOf(view: DataView): number | null {
  const last = view.byteLength - endBytes;
  for (let at = last; at >= Math.max(0, last - longestComment); at -= 1) {
    if (view.getUint32(at, true) === endSignature && view.getUint16(at + 20, true) === last - at) return at;
  }
  return null;
}

interface Place {
  readonly at: number;
  readonly end: number;
}

const flagEncrypted = 0x1 | 0x40;
const flagUtf8 = 0x800;
const linkMode = 0xa000;

function entryAt(bytes: Uint8Array, view: DataView, { at, end }: Place): { entry: ZipEntry; next: number } | null {
  if (at + 46 > end || view.getUint32(at, true) !== entrySignature) return null;
  const flags = view.getUint16(at + 8, true);
  const nameBytes = view.getUint16(at + 28, true);
  const next = at + 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  const header = view.getUint32(at + 42, true);
  if (next > end || header + 30 > end || view.getUint32(header, true) !== fileSignature) return null;
  const name = bytes.subarray(at + 46, at + 46 + nameBytes);
  const localBytes = view.getUint16(header + 26, true);
  const local = bytes.subarray(header + 30, header + 30 + localBytes);
  if (local.length !== name.length || local.some((byte, index) => byte !== name[index])) return null;
  return {
    next,
    entry: {
      name: new TextDecoder((flags & flagUtf8) === 0 ? 'latin1' : 'utf-8').decode(name),
      method: view.getUint16(at + 10, true),
      crc32: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      unpackedBytes: view.getUint32(at + 24, true),
      dataStart: header + 30 + localBytes + view.getUint16(header + 28, true),
      isEncrypted: (flags & flagEncrypted) !== 0,
      isLink: ((view.getUint32(at + 38, true) >>> 16) & 0xf000) === linkMode,
    },
  };
}

/** Entries that share bytes unpack to far more than the archive could hold. */
function isDisjoint(entries: readonly ZipEntry[], directoryStart: number): boolean {
  let free = 0;
  for (const { dataStart, packedBytes } of entries.toSorted((one, other) => one.dataStart - other.dataStart)) {
    if (dataStart < free || dataStart + packedBytes > directoryStart) return false;
    free = dataStart + packedBytes;
  }
  return true;
}
