import iconv from 'iconv-lite';

/** What is under the percent signs, or that there are none (vehicle.md §1). */
export type ContentEncoding = 'url-utf8' | 'url-gbk' | 'plain';

/** Characters beyond ASCII, and those that would be read as an escape, as percent sequences. */
export function toUrlText(text: string, encoding: ContentEncoding): string {
  if (encoding === 'plain') return text;
  return text.replace(/[^\x21-\x7e]+|%/g, (part) => {
    const bytes = encoding === 'url-gbk' ? iconv.encode(part, 'gbk') : Buffer.from(part);
    return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  });
}

export function fromUrlText(text: string, encoding: ContentEncoding): string {
  if (encoding === 'plain') return text;
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    const bytes = Buffer.from(run.replaceAll('%', ''), 'hex');
    return encoding === 'url-gbk' ? iconv.decode(bytes, 'gbk') : bytes.toString('utf8');
  });
}
