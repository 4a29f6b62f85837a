import { noAnswerSaid, type PlannedLine } from '#contracts';
import { askingRequest } from './asking-request.ts';
import { earliest, lineDueAt, splitByDue } from './line-due.ts';
import type { ShardTask } from './shard-task.ts';
import type { WorkerParts } from './worker-parts.ts';

/**
 * Channels with tasks (机构前来取件、文件交换: courier/、人工办理): what the wire cannot carry unmangled is answered instead of sent; the other tasks are laid
 * into the agencies' mailboxes when the shard begins to wait (libs/store/src/shards.ts), each until its due time. The
 * last feedback wakes it earlier (take-feedback.ts). Returns when to look again, or null when nobody is waited for.
 */
export async function deliverShard(parts: WorkerParts, task: ShardTask): Promise<Date | null> {
  const { hosted, work, claim } = task;
  const { channel } = hosted;
  const refused = work.lines.flatMap((line) => {
    const agency = channel.agencies.get(line.agencyId);
    const said = agency ? channel.session.unsendable?.(work.inquiry, agency) : null;
    return said ? [{ line, said }] : [];
  });
  await Promise.all(
    refused.map(({ line, said }) => {
      const request = askingRequest(hosted, line, work.latest.get(line.agencyId));
      return parts.journal.write(claim, channel.stampUnsent(work.inquiry, request, said));
    }),
  );
  const refusedIds = new Set(refused.map(({ line }) => line.agencyId));
  const waiting = work.lines.filter(({ agencyId }) => !refusedIds.has(agencyId));
  if (waiting.length === 0) return null;
  const { over, open } = splitByDue(work, waiting, parts.clock.now());
  await expireLines(parts, task, over);
  return earliest(open.map((line) => lineDueAt(work, line)));
}

/**
 * The due time has passed: what was only pending is overdue (逾期) from now on, any other reason stands as the last one.
 * Tasks and tickets stay open, because a late answer is welcome.
 */
export async function expireLines(
  { journal, store }: WorkerParts,
  { hosted, work, claim }: ShardTask,
  lines: readonly PlannedLine[],
): Promise<void> {
  if (lines.length === 0) return;
  const overdue = noAnswerSaid('overdue');
  await Promise.all(
    lines.map((line) => {
      const state = work.latest.get(line.agencyId);
      const said = state?.said && state.said.reason !== 'pending' ? state.said : overdue;
      return journal.write(claim, hosted.channel.stampUnsent(work.inquiry, askingRequest(hosted, line, state), said));
    }),
  );
  if (hosted.config.mode !== 'ticket') return;
  const agencyIds = lines.map(({ agencyId }) => agencyId);
  await store.tickets.leaveBehind(claim.inquiryId, agencyIds); // the courier goes on collecting (collect-late.ts)
}
