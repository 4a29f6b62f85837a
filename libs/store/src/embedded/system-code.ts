/** The code of an operating system, PostgreSQL or library error, such as ENOENT or 28P01; null when it has none. */
export function systemCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Gives null in place of an error with one of these codes, and throws every other one. */
export function nullOn(...codes: readonly string[]): (error: unknown) => null {
  return (error) => {
    if (codes.includes(systemCode(error) ?? '')) return null;
    throw error;
  };
}
