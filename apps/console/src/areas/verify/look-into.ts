import { sha256Of } from '../../shared/file-bytes.ts';
import { claimOf, type FileClaim } from './file-claim.ts';

/** What a browser finds out about a file by itself. */
export type Looked =
  | { readonly kind: 'too-large' }
  | { readonly kind: 'no-hashing' }
  /** A PDF or sheet: the hash of its bytes is told, and what to type from it. */
  | { readonly kind: 'paper'; readonly hash: string }
  | { readonly kind: 'not-ours'; readonly hash: string }
  /** Its own hashes do not fit its content: it was changed, and nothing it says is to be believed. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'fits'; readonly claim: FileClaim };

export const mostBytes = 64 * 1_048_576;

/** Nothing of the file leaves the browser. */
export async function lookInto(file: Blob, hashOf: typeof sha256Of = sha256Of): Promise<Looked> {
  if (file.size > mostBytes) return { kind: 'too-large' };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const hash = await hashOf(bytes);
  if (hash === null) return { kind: 'no-hashing' };
  const text = textOf(bytes);
  if (text === null || text.startsWith('%PDF') || text.startsWith('PK')) return { kind: 'paper', hash };
  const claim = claimOf(parsed(text));
  if (claim === null) return { kind: 'not-ours', hash };
  for (const part of claim.parts)
    if ((await hashOf(new TextEncoder().encode(part.text))) !== part.claimed) return { kind: 'changed' };
  return { kind: 'fits', claim };
}

/** Null: no text. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** What is no JSON is no document of ours, and is told as that. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}
