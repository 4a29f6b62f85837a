import { escapeHtml } from '#platform';

/** Pages around the sign-in: without script, without anything from elsewhere. */

/** Allowed by its hash (http/security-headers.ts). */
export const browserPageStyle =
  'body{font:1rem/1.6 sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.4rem 1.2rem}';

const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${browserPageStyle}</style></head><body><h1>${title}</h1>${body}</body></html>
`;

const both = (zh: string, en: string): string => `<p>${zh}</p><p lang="en">${en}</p>`;
const again = '<p><a href="/auth/sign-in">重新登录 Sign in again</a></p>';

/** Why a sign-in came to nothing, for the person in front of it. */
export type RefusedPage = 'not-in-register' | 'lost' | 'declined' | 'id-token' | 'provider-away' | 'locked-out';

const refusedTexts: Readonly<Record<RefusedPage, { readonly status: number; readonly body: string }>> = {
  'not-in-register': {
    status: 403,
    body: both(
      '您的身份已核实，但不在本系统的人员名册中。请联系法院管理员。',
      'You are who you say, but not in the register of this system. Ask the administrator of your court.',
    ),
  },
  lost: {
    status: 400,
    body: both(
      '本次登录已过期、已使用过，或不是从这个浏览器开始的。',
      'This sign-in is too old, was used before, or did not begin in this browser.',
    ),
  },
  declined: { status: 400, body: both('统一身份认证未完成登录。', 'The identity provider did not sign you in.') },
  'id-token': {
    status: 400,
    body: both(
      '统一身份认证返回的凭证无效，未登录。如反复出现，请联系运维。',
      'What the identity provider sent does not prove who you are. If it happens again, tell the operators.',
    ),
  },
  'provider-away': {
    status: 503,
    body: both(
      '统一身份认证暂时没有响应，请稍后再试。',
      'The identity provider does not answer. Try again in a while.',
    ),
  },
  'locked-out': {
    status: 429,
    body: both(
      '来自此地址的失败登录过多，请稍候再试。不会被永久锁定。',
      'Too many sign-ins from this address failed. Wait a while; nobody is locked out for good.',
    ),
  },
};

export const refusedPage = (why: RefusedPage): { readonly status: number; readonly html: string } => ({
  status: refusedTexts[why].status,
  html: page('未能登录 Not signed in', `${refusedTexts[why].body}${again}`),
});

export interface Greeted {
  readonly name: string;
  readonly courtName: string;
  readonly roles: readonly string[];
  readonly csrfToken: string;
  readonly mayOperate: boolean;
}

export const signedInPage = ({ name, courtName, roles, csrfToken, mayOperate }: Greeted): string =>
  page(
    '已登录 Signed in',
    `<p>${escapeHtml(name)} · ${escapeHtml(courtName)} · ${escapeHtml(roles.join(', '))}</p>
<p><a href="/api/docs">接口 API</a>${mayOperate ? ' · <a href="/ops/queues">队列 Queues</a>' : ''}</p>
<form method="post" action="/auth/sign-out"><input type="hidden" name="csrfToken" value="${escapeHtml(csrfToken)}"><button type="submit">退出 Sign out</button></form>`,
  );

export const signedOutPage = page(
  '已退出 Signed out',
  `${both('您已退出查控网关。', 'You have left the gateway.')}${again}`,
);
