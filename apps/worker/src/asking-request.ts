import type { AskingRequest } from '#adapter-kit';
import type { Agency, PlannedLine } from '#contracts';
import type { AskedSoFar } from '#store';
import type { HostedChannel } from './worker-parts.ts';

/** A planned line that this channel cannot ask any more: the directory has changed since. */
export class LineWithoutAgency extends Error {
  override readonly name = 'LineWithoutAgency';
  readonly code = 'line-without-agency';
}

/** One asking as the plan made it and the journal knows it so far. Throws LineWithoutAgency. */
export function askingRequest(
  { config, channel }: HostedChannel,
  line: PlannedLine,
  state: AskedSoFar | undefined,
): AskingRequest {
  const agency: Agency | undefined = channel.agencies.get(line.agencyId);
  if (!agency || line.requestNumber === null || line.matchRule === null || line.dueAt === null) {
    throw new LineWithoutAgency('a planned line has no agency in this channel any more');
  }
  return {
    agency,
    requestNumber: line.requestNumber,
    attempt: state?.attempts ?? 0,
    incompleteAttempts: state?.incompleteAttempts ?? 0,
    firstSentAt: state?.firstSentAt ?? null,
    dueAt: line.dueAt,
    matchRule: line.matchRule,
    matchKeysSent: line.matchKeysSent,
    maxAttempts: line.maxAttempts ?? config.retry.maxAttempts,
  };
}
