import { contentHash, SealBroken } from '#platform';
import { z } from 'zod';
import type { AccessKeys } from '../keys.ts';

const schema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  fresh: z.boolean(),
  startedAtMs: z.int(),
});

/** A sign-in that is under way. Only its browser has it, in a sealed cookie. */
export type PendingSignIn = Readonly<z.infer<typeof schema>>;

/** How long somebody may take to sign in over there. */
export const pendingSeconds = 600;
const place = 'cookie.sign-in';

export const sealPending = (keyring: AccessKeys, pending: PendingSignIn): string =>
  keyring.seal(Buffer.from(JSON.stringify(pending), 'utf8'), place).toString('base64url');

/** Null: none, too old, or not sealed by us. */
export function openPending(keyring: AccessKeys, cookie: string | undefined, now: Date): PendingSignIn | null {
  if (cookie === undefined || cookie.length > 4_096) return null;
  const found = opened(keyring, cookie);
  if ('lost' in found) return null;
  const read = schema.safeParse(JSON.parse(found.text));
  if (!read.success) return null;
  const ageMs = now.getTime() - read.data.startedAtMs;
  return ageMs >= 0 && ageMs < pendingSeconds * 1_000 ? read.data : null;
}

/** Changed, or made with a key that is gone: then the sign-in begins anew. */
function opened(
  keyring: AccessKeys,
  cookie: string,
): { readonly text: string } | { readonly lost: SealBroken['code'] } {
  try {
    return { text: keyring.open(Buffer.from(cookie, 'base64url'), place).toString('utf8') };
  } catch (error) {
    if (error instanceof SealBroken) return { lost: error.code };
    throw error;
  }
}

/** What is remembered of a sign-in that came back, so that it comes back once only. */
export const markOf = ({ state }: PendingSignIn): string => `sign-in ${contentHash(state)}`;
