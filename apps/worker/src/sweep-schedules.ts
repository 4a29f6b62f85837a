import { compareReports } from '#inquiry';
import { errorCode } from '#platform';
import type { SentRun } from '#store';
import type { WorkerParts } from './worker-parts.ts';

export interface Swept {
  readonly prepared: number;
  readonly compared: number;
  readonly failed: number; // for good
}

const mostRuns = 200; // of each kind in one sweep; what is left waits for the next one
const mostAttempts = 5;

type Parts = Pick<WorkerParts, 'store' | 'clock' | 'toInstant' | 'log'>;

/**
 * What schedules need done by themselves: runs whose day has come are laid open for an officer to send
 * (docs/decisions/0035-a-scheduled-inquiry-is-sent-by-an-officer.md), and those that were asked to the end are compared
 * with the last ones. Everything is decided in the database, so that several workers may sweep.
 */
export async function sweepSchedules(parts: Parts, signal: AbortSignal): Promise<Swept> {
  const { store, clock, toInstant, log } = parts;
  const today = toInstant(clock.now()).slice(0, 10);
  const due = await store.schedules.prepareDue(today, mostRuns);
  for (const { scheduleId, runNo } of due) log.info('schedule.prepared', { scheduleId, runNo });
  const done = { compared: 0, failed: 0 };
  for (const run of await store.schedules.toCompare(mostRuns)) {
    signal.throwIfAborted();
    const outcome = await compareRun(parts, run);
    if (outcome !== 'again') done[outcome] += 1;
  }
  return { prepared: due.length, ...done };
}

/** Nothing is left out in silence: what cannot be compared is counted with its code, and after some attempts has failed. */
async function compareRun(parts: Parts, run: SentRun): Promise<'compared' | 'failed' | 'again'> {
  const { store, log } = parts;
  const { scheduleId, runNo } = run;
  try {
    await keepComparison(parts, run);
    log.info('schedule.compared', { scheduleId, runNo });
    return 'compared';
  } catch (error) {
    const failure = error instanceof NothingBefore ? 'nothing-before' : errorCode(error);
    const isLast = await store.schedules.failed({ scheduleId, runNo, failure, mostAttempts });
    log.warn('schedule.not-compared', { scheduleId, runNo, code: failure, isLast });
    return isLast ? 'failed' : 'again';
  }
}

class NothingBefore extends Error {
  override readonly name = 'NothingBefore';
}

async function keepComparison({ store }: Parts, run: SentRun): Promise<void> {
  const { scheduleId, runNo, caseId, debtorId, olderReportId, newerReportId } = run;
  const older = olderReportId === null ? null : await store.reports.get(olderReportId, 'inside');
  const newer = await store.reports.get(newerReportId, 'inside');
  if (!older || !newer) throw new NothingBefore('there is no version to compare with');
  compareReports(older, newer); // it is worked out again by whoever reads it; here it proves that it can be
  const { reportId, reportVersion, contentHash: hash } = newer;
  await store.transaction(async (tx) => {
    const pair = { olderReportId: older.reportId, newerReportId: reportId };
    const { comparisonId } = await store.comparisons.keep(tx, { ...pair, caseId, debtorId, createdBy: null });
    await store.schedules.compared(tx, { scheduleId, runNo, comparisonId });
    await store.ledger.record(
      {
        actor: { userId: null, role: 'system', courtCode: null, via: scheduleId },
        action: 'comparison.made',
        ...{ objectId: comparisonId, caseId, debtorId, purpose: 'post-termination-requery', reason: null },
        shown: { reportId, reportVersion, hash },
        ...{ address: null, result: 'done', detail: { older: older.reportId, run: runNo } },
      },
      tx,
    );
  });
}
