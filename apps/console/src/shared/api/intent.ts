import { useCallback, useRef } from 'react';

/** 128 random bits; `crypto.randomUUID` is newer than Chromium 90. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `console-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * One Idempotency-Key per intent: a second click, a retry after a dead connection and a double submit all carry the same
 * key, so that nothing is done twice. `renew` begins a new intent, after the old one is known to have ended.
 */
export function useIntent(): { readonly key: () => string; readonly renew: () => void } {
  const kept = useRef<string | null>(null);
  const key = useCallback(() => (kept.current ??= newKey()), []);
  const renew = useCallback(() => void (kept.current = null), []);
  return { key, renew };
}
