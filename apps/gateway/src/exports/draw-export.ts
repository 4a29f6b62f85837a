import type { ExportDocument, NewExport, ReportBody } from '#contracts';
import { renderDocument, TooManyDocuments } from '#documents';
import { documentOf, maskReport } from '#inquiry';
import { ProblemError } from '../http/problem-error.ts';

export type UnsignedExport = Omit<ExportDocument, 'exportHash' | 'exportSignature'>;

interface Drawing {
  readonly made: UnsignedExport;
  readonly wanted: Pick<NewExport, 'mask' | 'sections' | 'locale' | 'draft'>;
  readonly format: 'pdf' | 'xlsx';
}

const drawWithinMs = 60_000;
const retryAfterSeconds = 5;

/** The same masked report as the JSON export holds, on paper or in sheets. Never half a document. */
export async function drawExport(body: ReportBody, { made, wanted, format }: Drawing): Promise<Buffer> {
  const { locale, mask, sections, draft } = wanted;
  const { original, export: taken } = made;
  const { reportId, reportVersion, contentHash } = original;
  const model = documentOf(maskReport(body, { mask, sections }), {
    ...{ locale, draft, version: { reportId, reportVersion, contentHash }, code: original.verificationCode },
    watermark: `${taken.watermark.name} ${taken.watermark.courtName} ${taken.exportId}`,
    lines: body.coverage.lines,
  });
  try {
    return await renderDocument(model, format, { signal: AbortSignal.timeout(drawWithinMs) });
  } catch (error) {
    if (!(error instanceof TooManyDocuments)) throw error;
    throw new ProblemError('overloaded', 'Other documents are being made. Try again in a moment.', {
      headers: { 'retry-after': `${retryAfterSeconds}` },
    });
  }
}
