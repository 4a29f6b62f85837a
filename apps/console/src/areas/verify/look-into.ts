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
  const read = textOf(bytes);
  if (read.outcome === 'no-text' || read.text.startsWith('%PDF') || read.text.startsWith('PK'))
    return { kind: 'paper', hash };
  const content = parsed(read.text);
  const claim = content.outcome === 'json' ? claimOf(content.value) : null;
  if (claim === null) return { kind: 'not-ours', hash };
  for (const part of claim.parts)
    if ((await hashOf(new TextEncoder().encode(part.text))) !== part.claimed) return { kind: 'changed' };
  return { kind: 'fits', claim };
}

type Text = { readonly outcome: 'text'; readonly text: string } | { readonly outcome: 'no-text' };

function textOf(bytes: Uint8Array): Text {
  try {
    return { outcome: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { outcome: 'no-text' };
  }
}

type Parsed = { readonly outcome: 'json'; readonly value: unknown } | { readonly outcome: 'no-json' };

/** What is no JSON is no document of ours, and is told as that. */
function parsed(text: string): Parsed {
  try {
    return { outcome: 'json', value: JSON.parse(text) };
  } catch {
    return { outcome: 'no-json' };
  }
}
