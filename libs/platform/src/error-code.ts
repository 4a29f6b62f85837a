const speakable = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/;

/**
 * What may be said about an error of unknown origin: its code, else its name, else `unknown`. Its message and stack
 * may quote a payload, so they are never looked at.
 */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  const code = 'code' in error ? error.code : undefined;
  const name = 'name' in error ? error.name : undefined;
  const sqlState = /^[0-9A-Z]{5}$/;
  if (typeof code === 'string' && (speakable.test(code) || sqlState.test(code))) return code;
  return typeof name === 'string' && speakable.test(name) ? name : 'unknown';
}
