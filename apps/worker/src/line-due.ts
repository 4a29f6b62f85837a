import type { PlannedLine } from '#contracts';
import type { ShardWork } from '#store';

/** When a line is due: as the plan has it, or, asked anew, when the re-query said. */
export const lineDueAt = (work: Pick<ShardWork, 'generation' | 'dueAt'>, line: PlannedLine): string =>
  work.generation > 1 || line.dueAt === null ? work.dueAt : line.dueAt;

/** The lines whose time is over at this moment, and the others. */
export function splitByDue(
  work: Pick<ShardWork, 'generation' | 'dueAt'>,
  lines: readonly PlannedLine[],
  at: Date,
): { readonly over: readonly PlannedLine[]; readonly open: readonly PlannedLine[] } {
  const isOver = (line: PlannedLine) => Date.parse(lineDueAt(work, line)) <= at.getTime();
  return { over: lines.filter(isOver), open: lines.filter((line) => !isOver(line)) };
}

export function earliest(times: readonly (string | Date | null)[]): Date | null {
  const known = times.flatMap((time) => (time === null ? [] : [new Date(time).getTime()]));
  return known.length === 0 ? null : new Date(known.reduce((one, other) => Math.min(one, other)));
}
