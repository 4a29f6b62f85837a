import type { FileView } from '#contracts';

type FileType = FileView['fileType'];

const beginnings: readonly { readonly fileType: FileType; readonly bytes: readonly number[] }[] = [
  { fileType: 'pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] }, // %PDF-
  { fileType: 'jpg', bytes: [0xff, 0xd8, 0xff] },
  { fileType: 'png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
];
const zipBeginning = [0x50, 0x4b, 0x03, 0x04];
/** An OFD document (GB/T 33190) is a ZIP archive with this entry at its root. */
const ofdEntry = 'OFD.xml';

/** What a file is by its own bytes, whatever its name says; null: none of the types we take. */
export function fileTypeOf(bytes: Uint8Array): FileType | null {
  const known = beginnings.find((each) => startsWith(bytes, each.bytes));
  if (known) return known.fileType;
  return startsWith(bytes, zipBeginning) &&
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(ofdEntry)
    ? 'ofd'
    : null;
}

const startsWith = (bytes: Uint8Array, beginning: readonly number[]): boolean =>
  beginning.every((byte, index) => bytes[index] === byte);

/** The last part of a name, without anything that could lead out of a folder or break a header. */
export function safeFileName(name: string, fileType: FileType): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const tidy = Array.from(last.replaceAll(/[\p{Cc}\p{Cf}"<>:|?*]/gu, ''))
    .slice(-120)
    .join('')
    .replace(/^\.+/, '')
    .trim();
  return tidy === '' ? `document.${fileType}` : tidy;
}
