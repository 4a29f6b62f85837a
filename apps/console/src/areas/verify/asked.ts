import type { VerifyRequestInput } from '../../api/generated/types.gen.ts';

/** The fields as they were typed. */
export interface Typed {
  readonly reportId: string;
  readonly version: string;
  /** 核验码, or the hash of the content. */
  readonly mark: string;
}

const qrForm = /^\s*(rep_\S+)\s+(\d{1,7})\s+(sha256:[0-9a-f]{64})\s*$/;

/** What stands in the QR code of a document fills all three fields at once; anything else is no such text. */
export function ofQrText(text: string): Typed | null {
  const [, reportId, version, mark] = qrForm.exec(text) ?? [];
  return reportId === undefined || version === undefined || mark === undefined ? null : { reportId, version, mark };
}

type Field = keyof Typed;
const codeForm = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** The question to the gateway, or the first field that can be none. A code may be typed with or without its hyphens. */
export function askedOf(typed: Typed): VerifyRequestInput | { readonly wrong: Field } {
  const [reportId, version, mark] = [typed.reportId.trim(), typed.version.trim(), typed.mark.trim()];
  if (!/^rep_[A-Za-z0-9_-]{1,60}$/.test(reportId)) return { wrong: 'reportId' };
  if (!/^[1-9]\d{0,5}$/.test(version)) return { wrong: 'version' };
  const names = { reportId, reportVersion: Number(version) };
  if (/^sha256:[0-9a-f]{64}$/i.test(mark)) return { ...names, contentHash: mark.toLowerCase() };
  const code = mark.toUpperCase().replaceAll(/[\s-]/g, '');
  if (!codeForm.test(code)) return { wrong: 'mark' };
  return { ...names, code: (code.match(/.{4}/g) ?? []).join('-') };
}
