import { randomBytes } from 'node:crypto';
import { equalsConstantTime } from '#platform';
import type { AccessKeys } from './keys.ts';

/**
 * The cookies of browsers. Over https their names begin with `__Host-`, so that no other host and no plain connection can
 * set them; over plain http, which production refuses, they have a name of their own
 * (docs/decisions/0017-sessions-of-browsers-live-in-the-gateway.md).
 */
export interface SessionCookies {
  readonly session: string;
  /** Of a sign-in that is under way. */
  readonly signIn: string;
  readonly attributes: {
    readonly httpOnly: true;
    readonly secure: boolean;
    readonly sameSite: 'lax';
    readonly path: '/';
  };
  /** A new secret for one browser: 256 bits of chance and our mark. */
  newSecret(): string;
  /** Given out by us, whether or not its session still lives: an old cookie is no attack. */
  isOurs(secret: string): boolean;
}

const secretForm = /^([A-Za-z0-9_-]{43})\.([0-9a-f]{32})$/;
const secretBytes = 32;
const kind = 'session-cookie';

export function openSessionCookies(publicUrl: string, keyring: AccessKeys): SessionCookies {
  const secure = publicUrl.startsWith('https://');
  const name = secure ? '__Host-chakong' : 'chakong-dev';
  return {
    session: name,
    signIn: `${name}-sign-in`,
    attributes: { httpOnly: true, secure, sameSite: 'lax', path: '/' },
    newSecret() {
      const chance = randomBytes(secretBytes).toString('base64url');
      return `${chance}.${keyring.blindIndex(kind, chance).slice(0, 32)}`;
    },
    isOurs(secret) {
      const [, chance = '', mark = ''] = secretForm.exec(secret) ?? [];
      return keyring.blindIndexes(kind, chance).some((index) => equalsConstantTime(index.slice(0, 32), mark));
    },
  };
}
