import type { ExportFormat, ExportView, NewExport, Report, ReportBody } from '#contracts';
import { maskReport } from '#inquiry';
import { contentHash, exportExpiry, newId, sha256Hex, verificationCode } from '#platform';
import type { Transaction } from '#store';
import { actOf } from '../audit/act-of.ts';
import type { Gateway } from '../gateway.ts';
import type { Exchange } from '../http/exchange.ts';
import { foundOr404, ProblemError } from '../http/problem-error.ts';
import { drawExport, type UnsignedExport } from './draw-export.ts';

/** What is wanted, in a format that can be made. */
type ToMake = NewExport & { readonly format: ExportFormat };

interface Wanted {
  readonly wanted: ToMake;
  readonly tx: Transaction;
}

/**
 * Makes the document, keeps it sealed, and enters it into the ledger, all in one transaction: nobody fetches what the
 * ledger does not know. Why it is signed twice: docs/decisions/0027-an-export-is-signed-twice.md.
 */
export async function makeExport(gateway: Gateway, exchange: Exchange, { wanted, tx }: Wanted): Promise<ExportView> {
  const { store, clock, settings } = gateway;
  const { caller } = exchange;
  const { reportId, reportVersion, ...report } = await readReport(gateway, exchange, wanted);
  const head = foundOr404(await store.inquiries.head(report.inquiryId, caller.rows.read), 'report');
  const now = clock.now();
  const exportId = newId('exp');
  const made = documentOf({ ...report, reportId, reportVersion }, { gateway, exchange, wanted, exportId, now });
  const exportHash = contentHash(made);
  const { mask, draft, format } = wanted;
  const exportSignature = store.exports.sign({
    ...{ kind: 'export', exportId, exportHash, reportId, reportVersion, contentHash: report.contentHash, mask, draft },
    exportedAt: made.export.exportedAt,
  });
  const content =
    format === 'json'
      ? Buffer.from(JSON.stringify({ ...made, exportHash, exportSignature }), 'utf8')
      : await drawExport(bodyOf({ ...report, reportId, reportVersion }), { made, wanted, format });
  const hash = format === 'json' ? exportHash : `sha256:${sha256Hex(content)}`;
  const view = await store.exports.keep(tx, {
    ...{ exportId, reportId, inquiryId: report.inquiryId, createdBy: caller.officer.userId, mask, draft },
    ...{ format, hash, content, expiresAt: exportExpiry(settings, now) },
  });
  const entry = actOf(exchange, {
    ...{ action: 'report.exported', objectId: exportId, caseId: head.caseId, debtorId: head.debtorId },
    ...{ purpose: report.purpose, reason: wanted.reason },
    shown: { reportId, reportVersion, hash },
    detail: { mask, format, draft, leftOut: made.export.leftOut.join(' '), contentHash: report.contentHash },
  });
  await store.ledger.record(entry, tx);
  return view;
}

async function readReport({ store }: Gateway, { caller }: Exchange, wanted: NewExport): Promise<Report> {
  const report = foundOr404(await store.reports.get(wanted.source.id, caller.rows.read), 'report');
  if (contentHash(bodyOf(report)) !== report.contentHash)
    throw Object.assign(new Error('a stored report does not have its hash'), { code: 'report-hash' });
  if (!report.simulated || wanted.draft) return report;
  const detail = 'The report holds simulated answers.';
  const errors = [
    { pointer: '/draft', code: 'simulated', detail, fix: 'Set it to true: the export is marked as a draft.' },
  ];
  throw new ProblemError('simulated-not-exportable', detail, { errors });
}

/** What the content hash is over. */
function bodyOf(report: Report): ReportBody {
  const { reportId: _id, reportVersion: _version, supersedes: _before, ...rest } = report;
  const { contentHash: _hash, changes: _changes, signature: _signature, ...body } = rest;
  return body;
}

interface Making {
  readonly gateway: Gateway;
  readonly exchange: Exchange;
  readonly wanted: ToMake;
  readonly exportId: string;
  readonly now: Date;
}

function documentOf(report: Report, { gateway, exchange, wanted, exportId, now }: Making): UnsignedExport {
  const { officer } = exchange.caller;
  const { locale, mask, sections, draft } = wanted;
  const at = gateway.toInstant(now);
  const { shown, masked, leftOut } = maskReport(bodyOf(report), { mask, sections });
  const { reportId, reportVersion, inquiryId, supersedes, contentHash: hash, signature } = report;
  return {
    documentType: 'chakong-export',
    schemaVersion: '1',
    export: {
      ...{ exportId, exportedAt: at, locale, mask, masked: [...masked], leftOut: [...leftOut], draft },
      notices: draft ? [draftNotice] : [],
      watermark: {
        ...{ userId: officer.userId, name: officer.name, courtCode: officer.courtCode, courtName: officer.courtName },
        ...{ at, exportId, purpose: report.purpose },
      },
    },
    original: {
      ...{ reportId, reportVersion, inquiryId, supersedes, contentHash: hash, signature },
      verificationCode: verificationCode({ reportId, reportVersion, contentHash: hash }),
      unsigned: signature === null ? beforeSignatures : null,
    },
    report: shown,
  };
}

const draftNotice = {
  zh: '草稿（演练）：可能含模拟数据，不得作为证据使用',
  en: 'Draft: it may hold simulated answers and is no evidence.',
};
const beforeSignatures = {
  zh: '该版本生成于启用签名之前',
  en: 'This version is from before reports were signed.',
};
