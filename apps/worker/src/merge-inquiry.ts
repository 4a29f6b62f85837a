import { mergeReport } from '#inquiry';
import type { InquiryJob, JobOutcome } from '#queue';
import type { WorkerParts } from './worker-parts.ts';

/**
 * Before: all shards are settled, or something came late. Here: the journal becomes one version of the report.
 * After: the version is stored and told (libs/store/src/reports.ts). The same journal gives the same bytes, so running
 * twice changes nothing.
 */
export async function mergeInquiry(parts: WorkerParts, { inquiryId }: InquiryJob): Promise<JobOutcome> {
  const { store, clock, metrics, log } = parts;
  if (await store.shards.allSettled(inquiryId)) await store.inquiries.close(inquiryId, clock.now());
  const startedAt = clock.monotonicMs();
  const material = await store.reports.material(inquiryId);
  if (!material) return { state: 'done' }; // withdrawn for good: nothing is left to report on
  const body = mergeReport(material);
  const report = await store.reports.append({
    inquiryId,
    body,
    contentHash: parts.contentHash(body),
    cause: 'settled',
  });
  metrics.merged({ ms: clock.monotonicMs() - startedAt, cause: 'settled' });
  if (report)
    log.info('report.version-created', { inquiryId, reportId: report.reportId, reportVersion: report.reportVersion });
  const newer = await store.journal.lastSeq(inquiryId);
  return newer > material.answersSeq
    ? { state: 'later', at: new Date(clock.now().getTime() + parts.settleMs) }
    : { state: 'done' };
}

/** The inquiry's deadline: lines without an answer are overdue from now on, and a version is made from what is there. */
export async function closeInquiry(parts: WorkerParts, job: InquiryJob): Promise<JobOutcome> {
  await parts.store.inquiries.close(job.inquiryId, parts.clock.now());
  parts.log.info('inquiry.closed-incomplete', { inquiryId: job.inquiryId });
  return mergeInquiry(parts, job);
}
