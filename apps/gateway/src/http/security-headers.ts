import { createHash } from 'node:crypto';
import { browserPageStyle } from '../access/browser/pages.ts';
import { problemStyle } from '../documents/problem-pages.ts';
import { signInStyle } from '../ops/sign-in-page.ts';

/** JSON is never rendered: nothing may load, frame or send anything. */
const json = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const hashOf = (style: string): string => `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
/** Pages of ours: everything from here, nothing from elsewhere, no script in the page. */
const page = (styles: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self' ${styles}; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'`;

/** Our own pages name their one style by its hash. */
export const ownPage = page([problemStyle, signInStyle, browserPageStyle].map(hashOf).join(' '));
/** Pages of others write styles while they run (docs/decisions/0029-what-every-answer-carries.md). */
const borrowedPage = page("'unsafe-inline'");

/**
 * The console: scripts from here only. Its component library makes style sheets while it runs, which carry the nonce of the
 * page, and sets the style of single elements, which can load nothing.
 */
export const consolePolicy = (nonce: string): string => `${page(`'nonce-${nonce}'`)}; style-src-attr 'unsafe-inline'`;

const borrowed = /^\/(?:api\/docs|api\/reference|ops\/queues)(?:\/|$)/;
const own = /^\/(?:problems|ops|auth)(?:\/|$)/;

/** What every answer carries, whatever it is and whoever sends it (api.md §2). */
export function securityHeaders(publicUrl: string): Readonly<Record<string, string>> {
  return {
    'cache-control': 'private, no-store',
    'content-security-policy': json,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-permitted-cross-domain-policies': 'none',
    ...(publicUrl.startsWith('https://') && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
  };
}

/** The policy of a page; null: that of JSON holds. */
export function pagePolicy(path: string): string | null {
  if (borrowed.test(path)) return borrowedPage;
  return own.test(path) ? ownPage : null;
}
