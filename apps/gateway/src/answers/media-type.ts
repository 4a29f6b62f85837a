const sniffedBytes = 256;

const starts: readonly (readonly [RegExp, string])[] = [
  [/^PK/, 'application/zip'],
  [/^%PDF-/, 'application/pdf'],
  [/^\s*(?:<!doctype\s+html|<html)/i, 'text/html'],
  [/^\s*</, 'application/xml'],
  [/^\s*[[{]/, 'application/json'],
];

/** A guess from how the bytes begin; what an agency declares is not believed. */
export function mediaTypeOf(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, sniffedBytes)).toString('latin1').replace(/^ï»¿/, '');
  return starts.find(([pattern]) => pattern.test(start))?.[1] ?? 'application/octet-stream';
}
