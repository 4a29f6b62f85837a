import type { Changes, FieldChange, LineTransition, Report } from '#contracts';
import { verdictSeen, type VerdictSeen } from '../../shared/verdict/verdict-seen.ts';

export type Asset = Report['assets'][number];
type Line = Report['coverage']['lines'][number];

/** The two versions and what differs between them. */
export interface Compared {
  readonly older: Report;
  readonly newer: Report;
  readonly changes: Changes;
}

/** One agency in one category, before and after. */
export interface LineRow {
  readonly key: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly category: Line['category'];
  readonly transition: LineTransition;
  readonly before: VerdictSeen;
  readonly after: VerdictSeen;
}

/** The groups of ux.md §7, in their order. */
export const lineGroups = [
  { name: 'alert', transitions: ['new-asset', 'no-longer-reported'] },
  { name: 'compared', transitions: ['compare-assets'] },
  { name: 'established', transitions: ['newly-established'] },
  { name: 'widened', transitions: ['found-after-widening'] },
  { name: 'undecided', transitions: ['cannot-tell', 'no-longer-asked'] },
  { name: 'unanswered', transitions: ['still-no-answer', 'no-answer-after-widening'] },
  { name: 'nothing', transitions: ['now-confirmed-nothing', 'still-nothing', 'nothing-after-widening'] },
] as const satisfies readonly { name: string; transitions: readonly LineTransition[] }[];
export type LineGroup = (typeof lineGroups)[number]['name'];

const placeOf = ({ agencyId, category }: Pick<Line, 'agencyId' | 'category'>): string => `${category}/${agencyId}`;
const notAsked: VerdictSeen = { verdict: 'not-asked', cause: null };

/** Every line of the comparison with both verdicts as they were told then. */
export function lineRows({ older, newer, changes }: Compared): readonly LineRow[] {
  const before = new Map(older.coverage.lines.map((line) => [placeOf(line), line]));
  const after = new Map(newer.coverage.lines.map((line) => [placeOf(line), line]));
  return changes.lines.map(({ agencyId, category, transition }) => {
    const key = placeOf({ agencyId, category });
    const [was, is] = [before.get(key), after.get(key)];
    return {
      ...{ key, agencyId, category, transition },
      agencyName: is?.agencyName ?? was?.agencyName ?? agencyId,
      before: was === undefined ? notAsked : verdictSeen(was, older.stateAt),
      after: is === undefined ? notAsked : verdictSeen(is, newer.stateAt),
    };
  });
}

export const rowsOfGroup = (rows: readonly LineRow[], name: LineGroup): readonly LineRow[] => {
  const transitions = new Set<LineTransition>(lineGroups.find((group) => group.name === name)?.transitions);
  return rows.filter(({ transition }) => transitions.has(transition));
};

/** An asset that came, went, or cannot be told about. */
export interface AssetRow {
  readonly key: string;
  readonly asset: Asset | null; // null: in neither version, which is told as such
  readonly agencyName: string;
  readonly transition: AssetMove;
  readonly lastSeenAt: string | null; // of what is not there any more
  readonly possiblyRenumbered: boolean;
  readonly olderThanAnswer: boolean;
}
export type AssetMove =
  | Changes['added'][number]['transition']
  | Changes['removed'][number]['transition']
  | Changes['undecided'][number]['transition']
  | Changes['reviewed'][number]['transition'];

export function assetRows({ older, newer, changes }: Compared): readonly AssetRow[] {
  const [was, is] = [assetsOf(older), assetsOf(newer)];
  const names = namesOf(older, newer);
  const row = (id: string, asset: Asset | undefined, told: Partial<AssetRow> & Pick<AssetRow, 'transition'>) => ({
    ...{ key: `${told.transition} ${id}`, asset: asset ?? null, lastSeenAt: null },
    ...{ possiblyRenumbered: false, olderThanAnswer: false },
    agencyName: asset === undefined ? '' : (names.get(asset.provenance.agencyId) ?? asset.provenance.agencyId),
    ...told,
  });
  return [
    ...changes.added.map(({ assetId, transition, warnings, possiblyRenumbered }) =>
      row(assetId, is.get(assetId), {
        transition,
        olderThanAnswer: warnings.length > 0,
        possiblyRenumbered: possiblyRenumbered.length > 0,
      }),
    ),
    ...changes.removed.map(({ lastAssetId, lastSeenAt, transition, possiblyRenumbered }) =>
      row(lastAssetId, was.get(lastAssetId), {
        ...{ transition, lastSeenAt },
        possiblyRenumbered: possiblyRenumbered.length > 0,
      }),
    ),
    ...changes.undecided.map(({ lastAssetId, lastSeenAt, transition }) =>
      row(lastAssetId, was.get(lastAssetId), { transition, lastSeenAt }),
    ),
    ...changes.reviewed.map(({ assetId, transition }) => row(assetId, is.get(assetId), { transition })),
  ];
}

/** A field of an asset that is in both versions. */
export interface FieldRow {
  readonly key: string;
  readonly asset: Asset | null;
  readonly agencyName: string;
  readonly change: FieldChange;
}

export function fieldRows({ older, newer, changes }: Compared): readonly FieldRow[] {
  const is = assetsOf(newer);
  const names = namesOf(older, newer);
  return changes.changed.flatMap(({ assetId, fields }) => {
    const asset = is.get(assetId) ?? null;
    const agencyName = asset === null ? '' : (names.get(asset.provenance.agencyId) ?? asset.provenance.agencyId);
    return fields.map((change) => ({
      ...{ key: `${assetId} ${change.path} ${change.code}`, asset, agencyName, change },
    }));
  });
}

/** Assets that a signal names, whichever version has them. */
export function evidenceOf({ older, newer }: Compared, evidence: readonly string[]): readonly Asset[] {
  const [was, is] = [assetsOf(older), assetsOf(newer)];
  return evidence.flatMap((assetId) => is.get(assetId) ?? was.get(assetId) ?? []);
}

const assetsOf = ({ assets }: Report): ReadonlyMap<string, Asset> =>
  new Map(assets.map((asset) => [asset.assetId, asset]));

export const namesOf = (older: Report, newer: Report): ReadonlyMap<string, string> =>
  new Map([...older.coverage.lines, ...newer.coverage.lines].map((line) => [line.agencyId, line.agencyName]));
