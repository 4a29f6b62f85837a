/** What a seal names: one version of a report, and its hash or its code. */
export interface Seal {
  readonly reportId: string;
  readonly reportVersion: number;
  readonly proof: { readonly contentHash: string } | { readonly code: string };
}

const parts =
  /(rep_[0-9A-Z]+)\s+(?:第\s*)?(\d{1,6})(?:\s*版)?\s+(sha256:[0-9a-f]{64}|sm3:[0-9a-f]{64}|[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})/i;

/** Reads what a QR code of a document holds, or what was typed from paper in the same order; null: it is neither. */
export function readSeal(text: string): Seal | null {
  const [, id = '', version = '', proof = ''] = parts.exec(text.normalize('NFKC').trim()) ?? [];
  if (id === '') return null;
  return {
    reportId: `rep_${id.slice(4).toUpperCase()}`,
    reportVersion: Number(version),
    proof: proof.includes(':') ? { contentHash: proof.toLowerCase() } : { code: proof.toUpperCase() },
  };
}
