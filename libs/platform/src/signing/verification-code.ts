import { canonicalSha256 } from '../canonical-json.ts';

/** Crockford's base 32 again: nobody takes I for 1 or O for 0 when typing a code from paper. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const letters = 16; // 80 bits: guessed never

/** What a version is looked up by from paper: 4 × 4 characters that follow from its hash, such as `8F3A-…`. */
export function verificationCode(version: {
  readonly reportId: string;
  readonly reportVersion: number;
  readonly contentHash: string;
}): string {
  const { reportId, reportVersion, contentHash } = version;
  let rest = BigInt(`0x${canonicalSha256({ reportId, reportVersion, contentHash }).slice(0, (letters * 5) / 4)}`);
  let text = '';
  for (let place = 0; place < letters; place += 1) {
    text = `${alphabet[Number(rest & 31n)] ?? ''}${text}`;
    rest >>= 5n;
  }
  return (text.match(/.{4}/g) ?? []).join('-');
}
