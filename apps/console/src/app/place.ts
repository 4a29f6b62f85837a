/** What the gateway writes into the page: which profile it runs in, and whether people sign in here at all. */
const meta = (name: string): string => document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';

/** `demo`, `test` or `production`; anything else is treated as not production. */
export const profile = (): string => meta('chakong-profile');

/** Whether a provider for signing in is configured. */
export const signInOffered = (): boolean => meta('chakong-sign-in') === 'yes';

/** Styles made while the page runs carry this, or the browser refuses them. */
export function styleNonce(): string | undefined {
  const element = document.querySelector('meta[property="csp-nonce"]');
  return element instanceof HTMLElement && element.nonce ? element.nonce : undefined;
}
