import { contentHash, type Keyring, open, seal } from '#platform';
import { z } from 'zod';

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

export const sealPending = (keyring: Keyring, pending: PendingSignIn): string =>
  seal(keyring, Buffer.from(JSON.stringify(pending), 'utf8'), place).toString('base64url');

/** Null: none, too old, or not sealed by us. */
export function openPending(keyring: Keyring, cookie: string | undefined, now: Date): PendingSignIn | null {
  if (cookie === undefined || cookie.length > 4_096) return null;
  const text = opened(keyring, cookie);
  const read = text === null ? null : schema.safeParse(JSON.parse(text));
  if (!read?.success) return null;
  const ageMs = now.getTime() - read.data.startedAtMs;
  return ageMs >= 0 && ageMs < pendingSeconds * 1_000 ? read.data : null;
}

function opened(keyring: Keyring, cookie: string): string | null {
  try {
    return open(keyring, Buffer.from(cookie, 'base64url'), place).toString('utf8');
  } catch {
    return null; // changed, or made with a key that is gone: the sign-in begins anew
  }
}

/** What is remembered of a sign-in that came back, so that it comes back once only. */
export const markOf = ({ state }: PendingSignIn): string => `sign-in ${contentHash(state)}`;
