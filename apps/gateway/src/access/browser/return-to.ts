/** Where a browser goes after signing in unless it asked for something else. */
const landing = '/auth/signed-in';
const longest = 500;
const somewhere = 'http://gateway.invalid';

/** Letters, digits and what paths and queries are made of: neither backslash nor control character nor a blank. */
const plain = /^\/(?![/\\])[\w\-.~!$&'()*+,;=:@%/?#]*$/;

/**
 * Only a path of this gateway; anything else leads to the landing page. Browsers read `\` as `/` and skip tabs and line
 * breaks, so what could become another host under any reading is not taken at all.
 */
export function returnToOf(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > longest || !plain.test(asked)) return landing;
  const url = URL.parse(asked, somewhere);
  if (url?.origin !== somewhere || url.pathname.startsWith('//') || hidesSlashes(url.pathname)) return landing;
  return `${url.pathname}${url.search}${url.hash}`;
}

/** `/%2Fevil.example` and `/%5Cevil.example` are paths here, and hosts for whoever decodes them once more. */
const hidesSlashes = (path: string): boolean => /^\/(?:\.|%2e|%25)*(?:%2f|%5c)/i.test(path);
