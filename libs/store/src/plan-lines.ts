import type { Plan, PlannedLine, PlannedShard } from '#contracts';
import { packRows, type PackedRows, unpackRows } from './row-pack.ts';
import type { Seals } from './sealed.ts';

/** A part of the plan as it is kept: the lines, and where each stood in the whole plan. */
type KeptLines = { readonly positions: readonly number[]; readonly lines: PackedRows };
export type PlacedLine = { readonly position: number; readonly line: PlannedLine };

/** A planned line of an agency that is asked: nothing of what its channel needs is missing. */
export type AskedLine = PlannedLine & {
  readonly [Key in
    | 'channelId'
    | 'mode'
    | 'adapterId'
    | 'adapterVersion'
    | 'requestNumber'
    | 'matchRule'
    | 'maxAttempts'
    | 'shardNo']: NonNullable<PlannedLine[Key]>;
};

export const isAsked = (line: PlannedLine): line is AskedLine =>
  line.notAskedCause === null &&
  line.channelId !== null &&
  line.mode !== null &&
  line.adapterId !== null &&
  line.adapterVersion !== null &&
  line.requestNumber !== null &&
  line.matchRule !== null &&
  line.maxAttempts !== null &&
  line.shardNo !== null;

export type ShardKey = { readonly inquiryId: string; readonly channelId: string; readonly shardNo: number };

/** The shard in the journal's column `shards`. */
export const shardName = ({ channelId, shardNo }: Pick<ShardKey, 'channelId' | 'shardNo'>): string =>
  `${channelId}/${shardNo}`;

export const shardLinesPlace = ({ inquiryId, channelId, shardNo }: ShardKey): string =>
  `shards.lines/${inquiryId}/${channelId}/${shardNo}`;
export const unaskedPlace = (inquiryId: string): string => `inquiries.unasked/${inquiryId}`;

export const sealLines = (seals: Seals, placed: readonly PlacedLine[], place: string): Uint8Array =>
  seals.sealJson(keep(placed), place);

const keep = (placed: readonly PlacedLine[]): KeptLines => ({
  positions: placed.map(({ position }) => position),
  lines: packRows(placed.map(({ line }) => line)),
});

const isLine = (row: Record<string, unknown>): row is PlannedLine & Record<string, unknown> =>
  typeof row['agencyId'] === 'string';

export function openLines(seals: Seals, sealed: Uint8Array, place: string): PlacedLine[] {
  const { positions, lines } = seals.openJson<KeptLines>(sealed, place);
  return unpackRows(lines)
    .filter(isLine)
    .map((line, index) => ({ line, position: positions[index] ?? index }));
}

/** The lines of a plan by shard, and those that are not asked; every line is in exactly one place. */
export function splitPlan({ lines, shards }: Plan): {
  readonly byShard: readonly { readonly shard: PlannedShard; readonly placed: readonly PlacedLine[] }[];
  readonly unasked: readonly PlacedLine[];
} {
  const placed = lines.map((line, position) => ({ line, position }));
  const nameOf = (channelId: string | null, shardNo: number | null): string => `${channelId}/${shardNo}`;
  const asked = Map.groupBy(
    placed.filter(({ line }) => isAsked(line)),
    ({ line }) => nameOf(line.channelId, line.shardNo),
  );
  return {
    byShard: shards.map((shard) => ({ shard, placed: asked.get(nameOf(shard.channelId, shard.shardNo)) ?? [] })),
    unasked: placed.filter(({ line }) => !isAsked(line)),
  };
}

/** The parts of a plan in their first order again. */
export const joinLines = (parts: readonly (readonly PlacedLine[])[]): PlannedLine[] =>
  parts
    .flat()
    .toSorted((one, other) => one.position - other.position)
    .map(({ line }) => line);
