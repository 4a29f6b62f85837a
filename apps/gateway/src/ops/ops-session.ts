import type { Caller } from '../access/caller.ts';
import type { TokenRegister } from '../access/token-register.ts';

/**
 * Browsers cannot send bearer tokens, so an operator exchanges the token once for a signed cookie that lives a quarter
 * of an hour and is sent nowhere but to `/ops`. The cookie holds the id of the token, never the token.
 */
export interface OpsSessions {
  /** The `Set-Cookie` for a caller. */
  cookieFor(caller: Caller): string;
  /** Who the cookie belongs to; null: none, changed, too old, or no right to the operators' pages (any more). */
  callerOf(cookieHeader: string | undefined): Promise<Caller | null>;
  readonly ended: string;
}

interface SessionParts {
  readonly signature: (text: string) => string;
  readonly isSame: (one: string, other: string) => boolean;
  readonly register: Pick<TokenRegister, 'byId'>;
  readonly now: () => Date;
  /** Only over https, where there is https. */
  readonly secure: boolean;
}

const name = 'chakong-ops';
const lifetimeSeconds = 900;

export function openOpsSessions({ signature, isSame, register, now, secure }: SessionParts): OpsSessions {
  const attributes = `Path=/ops; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return {
    ended: `${name}=; Max-Age=0; ${attributes}`,
    cookieFor({ via: tokenId }) {
      const content = `${tokenId}.${now().getTime() + lifetimeSeconds * 1_000}`;
      return `${name}=${content}.${signature(content)}; Max-Age=${lifetimeSeconds}; ${attributes}`;
    },
    async callerOf(cookieHeader) {
      const [, tokenId = '', endsAtMs = '', sign = ''] = cookieForm.exec(cookieHeader ?? '') ?? [];
      if (tokenId === '' || !isSame(sign, signature(`${tokenId}.${endsAtMs}`)) || Number(endsAtMs) <= now().getTime())
        return null;
      const recognised = await register.byId(tokenId, now());
      return 'caller' in recognised && mayOperate(recognised.caller) ? recognised.caller : null;
    },
  };
}

const cookieForm = new RegExp(`(?:^|;\\s*)${name}=(tok_[0-9A-Za-z-]{1,64})\\.(\\d{13,15})\\.([0-9a-f]{64})(?:;|$)`);

export const mayOperate = ({ scopes }: Caller): boolean => scopes.has('operations:read');
