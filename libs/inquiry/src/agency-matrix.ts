import type { CoverageLine, MatrixCell, MatrixRow } from '#contracts';
import { rolledUp } from './counts.ts';
import { chinaDay } from './moments.ts';

/** One inquiry of a case with its coverage as it stands. */
export interface AskedOnce {
  readonly inquiryId: string;
  readonly requestedAt: string;
  readonly lines: readonly Pick<
    CoverageLine,
    Exclude<keyof MatrixCell, 'asked' | 'answered' | 'inquiryIds'> | 'agencyId' | 'agencyName' | 'category'
  >[];
}
type Line = AskedOnce['lines'][number];

interface Matrix {
  readonly columns: { readonly day: string; readonly inquiryIds: string[] }[];
  readonly rows: MatrixRow[];
}

/**
 * Agency × day, newest day first. A day's inquiries are rolled up by R4: an agency that answered for one debtor and not for
 * another one has not said "nothing".
 */
export function agencyMatrix(inquiries: readonly AskedOnce[]): Matrix {
  const byDay = Map.groupBy(inquiries, ({ requestedAt }) => chinaDay(requestedAt));
  const days = [...byDay.keys()].toSorted().toReversed();
  const columns = days.map((day) => ({ day, inquiryIds: (byDay.get(day) ?? []).map(({ inquiryId }) => inquiryId) }));
  const agencies = new Map<string, { line: Line; byDay: Map<string, Found[]> }>();
  for (const { inquiryId, requestedAt, lines } of inquiries)
    for (const line of lines) {
      const key = `${line.category} ${line.agencyId}`;
      const agency = agencies.get(key) ?? { line, byDay: new Map<string, Found[]>() };
      agencies.set(key, agency);
      const day = chinaDay(requestedAt);
      agency.byDay.set(day, [...(agency.byDay.get(day) ?? []), { line, inquiryId }]);
    }
  const rows = [...agencies.values()].map(({ line, byDay: found }) => {
    const cells = days.map((day) => cellOf(found.get(day) ?? []));
    const { agencyId, agencyName, category } = line;
    return { agencyId, agencyName, category, cells, silentSince: silentSince(cells, days) };
  });
  return { columns, rows };
}

interface Found {
  readonly line: Line;
  readonly inquiryId: string;
}

/** Null: in no plan of that day. */
export function cellOf(found: readonly Found[]): MatrixCell | null {
  const [first] = found;
  if (first === undefined) return null;
  const lines = found.map(({ line }) => line);
  const asked = lines.filter(({ verdict }) => verdict !== 'not-asked');
  const open = asked.filter(({ verdict }) => verdict === 'no-answer');
  const hits = asked.filter(({ verdict }) => verdict === 'found');
  const verdict = rolledUp({ asked: asked.length, found: hits.length, noAnswer: open.length });
  const answered = asked.filter((line) => line.verdict !== 'no-answer');
  return {
    verdict,
    reason: verdict === 'no-answer' ? (open[0]?.reason ?? null) : null,
    notAskedCause: verdict === 'not-asked' ? first.line.notAskedCause : null,
    complete: answered.length === 0 ? null : open.length === 0 && answered.every(({ complete }) => complete === true),
    assetCount: sumOf(hits.map(({ assetCount }) => assetCount)),
    provesAbsence: verdict === 'nothing' && asked.every(({ provesAbsence }) => provesAbsence),
    suspicious: asked.find(({ suspicious }) => suspicious !== 'none')?.suspicious ?? 'none',
    dueAt: latest(open.map(({ dueAt }) => dueAt)),
    slaBreached: open.length > 0 && open.every(({ slaBreached }) => slaBreached),
    answeredAt: latest(answered.map(({ answeredAt }) => answeredAt)),
    simulated: lines.some(({ simulated }) => simulated),
    asked: asked.length,
    answered: answered.length,
    inquiryIds: found.map(({ inquiryId }) => inquiryId),
  };
}

/** A number that one of them does not tell is not known. */
function sumOf(counts: readonly (number | null)[]): number | null {
  if (counts.length === 0) return null;
  let sum = 0;
  for (const count of counts) {
    if (count === null) return null;
    sum += count;
  }
  return sum;
}

function latest(instants: readonly (string | null)[]): string | null {
  let last: string | null = null;
  for (const instant of instants)
    if (instant !== null && (last === null || Date.parse(instant) > Date.parse(last))) last = instant;
  return last;
}

/** Days on which the agency was not asked neither break a silence nor begin one. An answer to a part breaks it. */
function silentSince(cells: readonly (MatrixCell | null)[], days: readonly string[]): string | null {
  let since: string | null = null;
  for (const [at, cell] of cells.entries()) {
    if (cell === null || cell.asked === 0) continue;
    if (cell.answered > 0) return since;
    since = days[at] ?? since;
  }
  return since;
}
