import iconv from 'iconv-lite';
import type { CallReply } from './call-profile.ts';

/** JSON in UTF-8; garbled, the same in GBK. */
export function jsonReply(value: unknown, status = 200): CallReply {
  const text = JSON.stringify(value);
  const body = Buffer.from(text);
  return { status, contentType: 'application/json; charset=utf-8', body, garbled: iconv.encode(text, 'gbk') };
}
