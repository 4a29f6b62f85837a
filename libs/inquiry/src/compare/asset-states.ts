import type { Asset, CoverageLine, ReportBody } from '#contracts';
import { isAccepted } from '../accounts.ts';

/** How an asset stands in a report (report.md §11.2). */
export type AssetState = 'present' | 'absent' | 'unknown' | 'not-asked';

/** Of one report: its accepted assets and the others, by what names them, and its lines by agency. */
export interface Holdings {
  readonly accepted: ReadonlyMap<string, Asset>;
  readonly others: ReadonlyMap<string, Asset>; // waiting for two persons, or rejected by them
  readonly lines: ReadonlyMap<string, readonly CoverageLine[]>;
}

/** What names an asset in both reports: its key whichever agency said it, else the mention it comes from. */
export const nameOf = ({ kind, assetKey, assetId }: Asset): string =>
  assetKey === null ? assetId : `${kind}|${assetKey}`;

export function holdingsOf({ assets, coverage }: Pick<ReportBody, 'assets' | 'coverage'>): Holdings {
  const named = (list: readonly Asset[]) => new Map(list.toReversed().map((asset) => [nameOf(asset), asset]));
  return {
    accepted: named(assets.filter(isAccepted)),
    others: named(assets.filter((asset) => !isAccepted(asset))),
    lines: Map.groupBy(coverage.lines, ({ agencyId }) => agencyId),
  };
}

/**
 * How an asset of the other report stands in this one. Absent is only what every agency that named it, asked here and
 * answering wholly, does not name; whatever is less certain than that is unknown or not asked (R1).
 */
export function stateIn(holdings: Holdings, asset: Asset): AssetState {
  const name = nameOf(asset);
  if (holdings.accepted.has(name)) return 'present';
  if (holdings.others.has(name)) return 'unknown'; // somebody like that was named, but whose it is, is open
  const agencies = new Set([asset.provenance.agencyId, ...asset.provenance.mergedFrom.map(({ agencyId }) => agencyId)]);
  const states = new Set([...agencies].flatMap((agencyId) => lineStates(holdings.lines.get(agencyId))));
  if (states.has('unknown')) return 'unknown';
  if (states.has('not-asked')) return 'not-asked';
  return asset.assetKey === null ? 'unknown' : 'absent';
}

function lineStates(lines: readonly CoverageLine[] | undefined): AssetState[] {
  if (lines === undefined) return ['not-asked'];
  return lines.map(({ verdict, complete }) => {
    if (verdict === 'not-asked') return 'not-asked';
    return verdict === 'no-answer' || complete !== true ? 'unknown' : 'absent';
  });
}
