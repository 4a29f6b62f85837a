export interface RawText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'gb18030';
}

/** A message as text: UTF-8 where it is that to the last byte, else GB 18030, which is what agencies send otherwise. */
export function rawTextOf(base64: string): RawText {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('gb18030').decode(bytes), encoding: 'gb18030' };
  }
}
