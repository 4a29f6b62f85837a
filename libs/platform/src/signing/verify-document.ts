import {
  type ExportDocument,
  exportDocumentSchema,
  hashSchema,
  idSchema,
  type ReportSignature,
  reportSignatureSchema,
} from '#contracts';
import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { contentHash } from '../crypto.ts';
import { keyOf, type SignatureState, type TrustedKeys, verifyDetached } from './detached-jws.ts';
import { findingWords, type FindingCode } from './finding-words.ts';

/** One thing that was looked at. `note`: to be known, and no fault. */
export interface Finding {
  readonly code: FindingCode;
  readonly outcome: 'passed' | 'failed' | 'note';
  readonly zh: string;
  readonly en: string;
}

/** What a file proves. Valid only when nothing failed. */
export interface Verification {
  readonly valid: boolean;
  readonly kind: 'export' | 'report' | 'unknown';
  readonly reportId: string | null;
  readonly reportVersion: number | null;
  readonly contentHash: string | null;
  readonly exportId: string | null;
  readonly sealedAt: string | null;
  readonly keyId: string | null; // of the key the file is signed with
  readonly findings: readonly Finding[];
}

/** Members of a report that its content hash does not cover. */
const nameShape = {
  reportId: idSchema('rep'),
  reportVersion: z.int(),
  inquiryId: idSchema('inq'),
  supersedes: idSchema('rep').nullable(),
  contentHash: hashSchema,
  signature: reportSignatureSchema.nullable().default(null),
  changes: z.json().nullable().default(null),
};
const reportFileSchema = z.looseObject(nameShape);
type ReportFile = z.infer<typeof reportFileSchema>;

/**
 * Verifies an exported document, or a report as the API gives it, from its bytes alone: nothing is fetched.
 * @param value the parsed file, whatever it is
 */
export function verifyDocument(value: unknown, trusted: TrustedKeys): Verification {
  const exported = exportDocumentSchema.safeParse(value);
  if (exported.success) return verifyExport(exported.data, value, trusted);
  const isExport = z.looseObject({ documentType: z.literal('chakong-export') }).safeParse(value).success;
  const report = reportFileSchema.safeParse(value);
  if (!isExport && report.success) return verifyReport(report.data, trusted);
  return { ...nothingKnown, kind: isExport ? 'export' : 'unknown', valid: false, findings: [failed('not-a-document')] };
}

function verifyReport(report: ReportFile, trusted: TrustedKeys): Verification {
  const { signature, changes, reportId, reportVersion, contentHash: claimed, supersedes, ...body } = report;
  const names = { reportId, reportVersion, contentHash: claimed, supersedes, inquiryId: report.inquiryId };
  const findings = [
    check('content-hash', contentHash(body) === claimed),
    ...(signature === null ? [failed('signature-missing')] : originalFindings(signature, names, trusted)),
    ...(changes === null ? [] : [note('changes-not-covered')]),
  ];
  return {
    ...{ ...nothingKnown, kind: 'report', valid: isSound(findings), reportId, reportVersion, contentHash: claimed },
    sealedAt: signature?.claims.sealedAt ?? null,
    keyId: signature === null ? null : (keyOf(signature.jws)?.kid ?? null),
    findings,
  };
}

function verifyExport(file: ExportDocument, value: unknown, trusted: TrustedKeys): Verification {
  const { original, exportSignature, exportHash } = file;
  const { reportId, reportVersion, contentHash: of } = original;
  const { exportId } = file.export;
  const findings = [
    check('export-hash', hashOfExport(value) === exportHash),
    check('export-claims', claimsAgree(file)),
    signed('export-signature', verifyDetached(exportSignature.jws, exportSignature.claims, trusted)),
    ...(original.signature === null
      ? [note('original-unsigned')]
      : originalFindings(original.signature, original, trusted)),
    contentFinding(file),
    ...(file.export.draft ? [note('draft')] : []),
  ];
  return {
    ...{ kind: 'export', valid: isSound(findings), reportId, reportVersion, contentHash: of, exportId },
    sealedAt: original.signature?.claims.sealedAt ?? null,
    keyId: keyOf(exportSignature.jws)?.kid ?? null,
    findings,
  };
}

/** Over everything but the hash itself and the signature; of the file as it is, so that nothing can be slipped in. */
export function hashOfExport(value: unknown): string {
  const {
    exportHash: _hash,
    exportSignature: _signature,
    ...rest
  } = z.looseObject({ exportHash: z.json(), exportSignature: z.json() }).parse(value);
  return contentHash(rest);
}

type Names = Pick<ReportFile, 'reportId' | 'reportVersion' | 'inquiryId' | 'supersedes' | 'contentHash'>;

function originalFindings({ claims, jws }: ReportSignature, names: Names, trusted: TrustedKeys): Finding[] {
  const { reportId, reportVersion, inquiryId, supersedes, contentHash: of } = names;
  const said = {
    kind: 'report',
    reportId,
    reportVersion,
    inquiryId,
    supersedes,
    contentHash: of,
    sealedAt: claims.sealedAt,
  };
  return [
    check('report-claims', canonicalJson(said) === canonicalJson(claims)),
    signed('report-signature', verifyDetached(jws, claims, trusted)),
  ];
}

function claimsAgree({ exportSignature: { claims }, ...file }: ExportDocument): boolean {
  const { exportId, mask, draft, exportedAt } = file.export;
  const { reportId, reportVersion, contentHash: of } = file.original;
  const said = { kind: 'export', exportId, mask, draft, exportedAt, reportId, reportVersion, contentHash: of };
  return canonicalJson({ ...said, exportHash: file.exportHash }) === canonicalJson(claims);
}

/** Masked or shortened, the content has another hash than the version: then our signature on the export stands for it. */
function contentFinding(file: ExportDocument): Finding {
  const { mask, leftOut, masked } = file.export;
  const isWhole = mask === 'none' && leftOut.length === 0 && masked.length === 0;
  return isWhole
    ? check('content-hash', contentHash(file.report) === file.original.contentHash)
    : note('content-masked');
}

const isSound = (findings: readonly Finding[]): boolean => findings.every(({ outcome }) => outcome !== 'failed');
const finding = (code: FindingCode, outcome: Finding['outcome']): Finding => ({
  code,
  outcome,
  ...findingWords[code][outcome],
});
const check = (code: FindingCode, isRight: boolean): Finding => finding(code, isRight ? 'passed' : 'failed');
const failed = (code: FindingCode): Finding => finding(code, 'failed');
const note = (code: FindingCode): Finding => finding(code, 'note');
const signed = (code: 'export-signature' | 'report-signature', state: SignatureState): Finding =>
  state === 'wrong-key' ? failed('wrong-key') : check(code, state === 'valid');

const nothingKnown = {
  ...{ reportId: null, reportVersion: null, contentHash: null, exportId: null, sealedAt: null, keyId: null },
} as const;
