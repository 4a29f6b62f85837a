import type { ReportBody } from '#contracts';
import { type Contradiction, newContradictions } from '#inquiry';
import type { WorkerParts } from './worker-parts.ts';

const dayMs = 86_400_000;

/**
 * The alarm of R13: an agency says something else than before. Told before the version is stored, so that a crash in
 * between tells it again, as one event within a day, rather than never.
 */
export async function tellContradictions(
  { store, log }: Pick<WorkerParts, 'store' | 'log'>,
  body: ReportBody,
  contradictions: readonly Contradiction[],
): Promise<void> {
  if (contradictions.length === 0) return;
  const { inquiryId } = body;
  const fresh = newContradictions(contradictions, await store.reports.latest(inquiryId));
  const channels = new Map(body.coverage.lines.map(({ agencyId, channelId }) => [agencyId, channelId]));
  for (const { agencyId, standingAnswerId, replacedAnswerIds } of fresh) {
    const channelId = channels.get(agencyId) ?? null;
    if (channelId === null) continue; // not asked any more: nobody to alarm about
    const detail = {
      standingAnswerId,
      replacedAnswerIds: replacedAnswerIds.slice(-mostIds).join(' '),
      replaced: replacedAnswerIds.length,
    };
    await store.operationsEvents.tell({
      ...{ kind: 'answer-contradicted', channelId, agencyId, inquiryId, detail },
      joinWithinMs: dayMs,
    });
    log.warn('answer.contradicted', { inquiryId, agencyId, channelId, answerId: standingAnswerId });
  }
}

const mostIds = 10; // a detail holds 500 characters
