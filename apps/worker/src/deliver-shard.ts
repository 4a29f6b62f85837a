import { askingRequest } from './asking-request.ts';
import type { ShardTask } from './shard-task.ts';
import type { WorkerParts } from './worker-parts.ts';

/**
 * Mailbox channels (机构前来取件): lays the askings into the agencies' mailboxes, except those that the wire cannot carry
 * unmangled, and waits for the due time. The last feedback wakes the job earlier (doors/feedback.ts).
 * Returns when to look again, or null when every line is settled or due.
 */
export async function deliverShard(parts: WorkerParts, { hosted, work, claim }: ShardTask): Promise<Date | null> {
  const { store, journal, clock } = parts;
  const { channel } = hosted;
  const open = work.lines.filter(({ agencyId }) => !work.latest.get(agencyId)?.settled);
  const refused = open.flatMap((line) => {
    const agency = channel.agencies.get(line.agencyId);
    const said = agency && channel.session.unsendable?.(work.inquiry, agency);
    return said ? [{ line, said }] : [];
  });
  await Promise.all(
    refused.map(({ line, said }) =>
      journal.write(
        claim,
        channel.stampUnsent(work.inquiry, askingRequest(hosted, line, work.latest.get(line.agencyId)), said),
      ),
    ),
  );
  const refusedIds = new Set(refused.map(({ line }) => line.agencyId));
  const waiting = open.filter(({ agencyId }) => !refusedIds.has(agencyId));
  await store.mailbox.deliver({ ...claim, agencyIds: waiting.map(({ agencyId }) => agencyId), at: clock.now() });
  const dueAt = new Date(work.dueAt);
  const stillOpen = waiting.length > 0 && !(await store.shards.allAnswered(claim));
  return stillOpen && dueAt > clock.now() ? dueAt : null;
}
