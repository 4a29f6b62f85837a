import { causeOfVersion, compareReports, contradictionsIn, mergeReport } from '#inquiry';
import type { InquiryJob, JobOutcome } from '#queue';
import { tellContradictions } from './tell-contradictions.ts';
import type { WorkerParts } from './worker-parts.ts';

/**
 * Before: all shards are settled, or something came late. Here: the journal becomes one version of the report.
 * After: the version is stored and told (libs/store/src/reports.ts). The same journal gives the same bytes, so running
 * twice changes nothing. The last settled line closes the inquiry: docs/decisions/0004-an-inquiry-closes-when-every-line-is-settled.md.
 */
export async function mergeInquiry(
  parts: WorkerParts,
  { inquiryId }: InquiryJob,
  cause = 'settled',
): Promise<JobOutcome> {
  const { store, clock, metrics, log } = parts;
  const shards = await store.shards.state(inquiryId);
  if (shards.every(({ settled }) => settled)) await store.inquiries.close(inquiryId, clock.now());
  const startedAt = clock.monotonicMs();
  const material = await store.reports.material(inquiryId, 'inside');
  if (!material) return { state: 'done' };
  const body = mergeReport(material);
  const contradictions = contradictionsIn(material);
  await tellContradictions(parts, body, contradictions);
  const { report } = await store.reports.append({
    inquiryId,
    body,
    cause,
    upToSeq: material.upToSeq,
    succeed: (before) => ({
      changes: compareReports(before, body),
      cause: causeOfVersion({ before, body, contradictions }, cause),
    }),
  });
  metrics.merged({ ms: clock.monotonicMs() - startedAt, cause });
  if (report) {
    const { counts } = report.coverage;
    metrics.reportCreated({ cause });
    metrics.reportClosed({ answered: counts.answered, asked: counts.asked });
    log.info('report.version-created', { inquiryId, reportId: report.reportId, reportVersion: report.reportVersion });
  }
  return { state: 'done' };
}
