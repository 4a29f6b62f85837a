import { zipSync } from 'fflate';
import type { Agency } from '#contracts';
import type { BankAnswer } from '../bank/bank-answer.ts';
import { readWire } from '../bank/wire-w.ts';
import { plainDocument, plainRows } from './plain-xml.ts';

/** One piece of what a bank says about one request: plain rows, a feedback of its own, or a refusal. */
export interface Piece {
  readonly requestNumber: string;
  readonly afterMs: number;
  readonly content:
    | { readonly kind: 'rows'; readonly rows: readonly string[] }
    | { readonly kind: 'QR' | 'QNA'; readonly bytes: Buffer };
}

/** What a bank would send over transport W, as pieces of packages. */
export function piecesOf(requestNumber: string, answer: BankAnswer): readonly Piece[] {
  if (answer.kind === 'rows')
    return [{ requestNumber, afterMs: answer.afterMs, content: { kind: 'rows', rows: answer.rows } }];
  return answer.messages.map(({ operation, content, afterMs }) => {
    const tree = readWire(content);
    const bytes = tree === null ? Buffer.from(content) : plainDocument(tree);
    return { requestNumber, afterMs, content: { kind: operation === 'htInfo' ? 'QNA' : 'QR', bytes } };
  });
}

export interface NamedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A feedback package (CXFK) of these pieces: all plain rows in one file, everything else in files of its own. */
export function feedbackPackage(agency: Agency, batchNumber: string, pieces: readonly Piece[]): NamedFile {
  const key = agency.code + batchNumber;
  const rows = pieces.flatMap(({ content }) => (content.kind === 'rows' ? content.rows : []));
  const alone = pieces.flatMap(({ content }) => (content.kind === 'rows' ? [] : [content]));
  const files = [...(rows.length === 0 ? [] : [{ kind: 'QR' as const, bytes: plainRows(rows) }]), ...alone];
  const entries = files.map(({ kind, bytes }, place) => {
    const name = kind === 'QNA' ? `QNA${key}.xml` : `QR${key}${String(place + 1).padStart(12, '0')}.xml`;
    return [name, new Uint8Array(bytes)] as const;
  });
  return { name: `CXFK${key}.zip`, bytes: Buffer.from(zipSync(Object.fromEntries(entries))) };
}
