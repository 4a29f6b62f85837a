import type { FastifyHelmetOptions } from '@fastify/helmet';

/** JSON is never rendered: nothing may load, frame or send anything. */
export const securityHeaders: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
  },
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: 'no-referrer' },
};

/** Pages that the gateway serves itself: everything from here, nothing from elsewhere, no script in the page. */
const own =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

const pages = /^\/(?:api\/docs|api\/reference|problems|ops|auth)(?:\/|$)/;

/** The policy of a page of ours; null: that of JSON holds. */
export const pagePolicy = (path: string): string | null => (pages.test(path) ? own : null);

/** For refusals before any hook, of addresses that the router cannot read: what helmet would have set. */
export const headersOfUnread: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
};
