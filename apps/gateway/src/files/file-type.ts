import { type FileView, zipDirectory, type ZipEntry } from '#contracts';

type FileType = FileView['fileType'];

const beginnings: readonly { readonly fileType: FileType; readonly bytes: readonly number[] }[] = [
  { fileType: 'pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] }, // %PDF-
  { fileType: 'jpg', bytes: [0xff, 0xd8, 0xff] },
  { fileType: 'png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
];
const zipBeginning = [0x50, 0x4b, 0x03, 0x04];
/** An OFD document (GB/T 33190) is a ZIP archive with this entry at its root. */
const ofdEntry = 'OFD.xml';

/** What a file is by its own bytes, whatever its name says; null: none of the types we take, or two at once. */
export function fileTypeOf(bytes: Uint8Array): FileType | null {
  const known = beginnings.find((each) => startsWith(bytes, each.bytes));
  const entries = zipDirectory(bytes);
  if (known) return entries === null ? known.fileType : null; // a picture or PDF that is an archive as well
  return startsWith(bytes, zipBeginning) && entries !== null && isDocument(entries) ? 'ofd' : null;
}

/** Nothing is unpacked here, but whoever opens the document does: it must not be a trap for them. */
const ofd = { maxEntries: 5_000, maxBytes: 209_715_200, maxRatio: 200 } as const;

function isDocument(entries: readonly ZipEntry[]): boolean {
  const total = entries.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
  return (
    entries.some(({ name }) => name === ofdEntry) &&
    entries.length <= ofd.maxEntries &&
    total <= ofd.maxBytes &&
    new Set(entries.map(({ name }) => name)).size === entries.length &&
    entries.every(
      ({ name, isEncrypted, isLink, packedBytes, unpackedBytes }) =>
        !isEncrypted &&
        !isLink &&
        !name.split(/[/\\]/).includes('..') &&
        unpackedBytes <= Math.max(packedBytes, 1_024) * ofd.maxRatio,
    )
  );
}

const startsWith = (bytes: Uint8Array, beginning: readonly number[]): boolean =>
  beginning.every((byte, index) => bytes[index] === byte);

/** The last part of a name with the ending of its type, without anything that could lead out of a folder or break a header. */
export function safeFileName(name: string, fileType: FileType): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const tidy = Array.from(last.replaceAll(/[\p{Cc}\p{Cf}"<>:|?*]/gu, ''))
    .slice(-120)
    .join('')
    .replace(/^\.+/, '')
    .trim();
  if (tidy === '') return `document.${fileType}`;
  const ending = /\.([a-z0-9]+)$/i.exec(tidy)?.[1]?.toLowerCase().replace('jpeg', 'jpg');
  return ending === fileType ? tidy : `${tidy}.${fileType}`; // whatever it called itself, it ends as what it is
}
