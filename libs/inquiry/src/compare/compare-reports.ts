import type { Asset, AssetTransition, Changes, Report, ReportBody } from '#contracts';
import { compareAssets } from '../list-order.ts';
import { assetChanges } from './asset-changes.ts';
import { holdingsOf, nameOf, stateIn, type AssetState, type Holdings } from './asset-states.ts';
import { changesSentence } from './changes-sentence.ts';
import { askedDifferently, lineChanges, pairLines, scopeChangeOf } from './lines.ts';
import { isOlderThanAnswer, looksRenumbered } from './resemblance.ts';
import { signalSettings, signalsOf, type SignalSettings } from './signals.ts';

/**
 * What changed between two reports about one debtor (变化, report.md §11). Pure, like the merge. A change of what is known
 * is not a change of what exists: only a whole answer against a whole answer makes an asset new or gone.
 */
export function compareReports(before: Report, after: ReportBody, settings: Partial<SignalSettings> = {}): Changes {
  const pairs = pairLines(before.coverage.lines, after.coverage.lines);
  const lines = lineChanges(pairs);
  const [earlier, later] = [holdingsOf(before), holdingsOf(after)];
  const reviewed = reviewedIn(earlier, later);
  const { added, removed, undecided } = movesOf(earlier, later);
  const { changed, unchanged } = keptIn(earlier, later, { before: before.stateAt, after: after.stateAt });
  const { reportId, reportVersion, inquiryId, stateAt } = before;
  const previousReport = { reportId, reportVersion, inquiryId, stateAt };
  const ground = { before, after, lines, removed, undecided, changed };
  return {
    previousReport,
    scopeChanged: scopeChangeOf(pairs),
    sentence: changesSentence({
      previous: previousReport,
      added: added.filter(({ transition }) => transition === 'new-asset').length,
      established: added.filter(({ transition }) => transition !== 'new-asset').length,
      changed: changed.length + reviewed.length,
      gone: removed.length,
      undecided: agenciesUndecided(before, { lines, undecided }),
      bothFull: before.coverage.isFull && after.coverage.isFull,
    }),
    counts: {
      lines: countBy(lines.map(({ transition }) => transition)),
      assets: countBy([
        ...[...added, ...removed, ...undecided, ...reviewed].map(({ transition }): AssetTransition => transition),
        ...changed.map((): AssetTransition => 'changed'),
        ...unchanged.map((): AssetTransition => 'unchanged'),
      ]),
    },
    ...{ lines, added, removed, undecided, changed, reviewed },
    askedDifferently: askedDifferently(pairs),
    signals: signalsOf({ ...ground, settings: { ...signalSettings, ...settings } }),
  };
}

const inOrder = (assets: Iterable<Asset>): readonly Asset[] => [...assets].toSorted(compareAssets);

function movesOf(earlier: Holdings, later: Holdings): Pick<Changes, 'added' | 'removed' | 'undecided'> {
  const appeared = inOrder(later.accepted.values()).flatMap((asset) => {
    const transition = isConfirmed(earlier, asset) ? null : cameFrom[stateIn(earlier, asset)];
    return transition === null ? [] : [{ asset, transition }];
  });
  const left = inOrder(earlier.accepted.values()).flatMap((asset) => {
    const transition = isRejected(later, asset) ? null : wentTo[stateIn(later, asset)];
    return transition === null ? [] : [{ asset, transition }];
  });
  const added = appeared.map(({ asset, transition }) => ({
    ...{ assetId: asset.assetId, transition },
    warnings:
      transition === 'new-asset' && isOlderThanAnswer(asset, earlier) ? ['older-than-previous-answer' as const] : [],
    possiblyRenumbered: idsLike(
      asset,
      left.map((each) => each.asset),
    ),
  }));
  const appearedAssets = appeared.map(({ asset }) => asset);
  return {
    added,
    removed: left.flatMap(({ asset, transition }) =>
      transition === 'no-longer-reported'
        ? { ...lastOf(asset), transition, possiblyRenumbered: idsLike(asset, appearedAssets) }
        : [],
    ),
    undecided: left.flatMap(({ asset, transition }) =>
      transition === 'no-longer-reported' ? [] : { ...lastOf(asset), transition },
    ),
  };
}

const cameFrom = {
  present: null,
  absent: 'new-asset',
  unknown: 'newly-established',
  'not-asked': 'found-after-widening',
} as const satisfies Record<AssetState, AssetTransition | null>;
const wentTo = {
  present: null,
  absent: 'no-longer-reported',
  unknown: 'cannot-tell',
  'not-asked': 'no-longer-asked',
} as const satisfies Record<AssetState, AssetTransition | null>;

const idsLike = (asset: Asset, others: readonly Asset[]): string[] =>
  others.filter((other) => looksRenumbered(asset, other)).map(({ assetId }) => assetId);

const lastOf = (asset: Asset) => ({
  lastAssetId: asset.assetId,
  lastSeenAt: asset.provenance.asOf ?? asset.provenance.receivedAt,
  lastValue: asset.kind === 'deposit-account' ? asset.balance : null,
});

function keptIn(earlier: Holdings, later: Holdings, moments: { readonly before: string; readonly after: string }) {
  const kept = inOrder(later.accepted.values()).flatMap((asset) => {
    const was = earlier.accepted.get(nameOf(asset));
    return was === undefined ? [] : [{ assetId: asset.assetId, fields: assetChanges(was, asset, moments) }];
  });
  return {
    changed: kept.filter(({ fields }) => fields.length > 0),
    unchanged: kept.filter(({ fields }) => fields.length === 0),
  };
}

/** Two persons said since then that a match by name is the debtor's: nothing came into being. */
const isConfirmed = (earlier: Holdings, asset: Asset): boolean =>
  asset.match.reviewState === 'confirmed' && earlier.others.has(nameOf(asset)) && !earlier.accepted.has(nameOf(asset));

/** Two persons said since then that it is not the debtor's: nothing went away. */
const isRejected = (later: Holdings, asset: Asset): boolean =>
  later.others.get(nameOf(asset))?.match.reviewState === 'rejected' && !later.accepted.has(nameOf(asset));

function reviewedIn(earlier: Holdings, later: Holdings): Changes['reviewed'] {
  const confirmed = [...later.accepted].filter(([, asset]) => isConfirmed(earlier, asset));
  const rejected = [...later.others].filter(([name, asset]) => {
    const was = earlier.accepted.get(name) ?? earlier.others.get(name);
    return was !== undefined && was.match.reviewState !== 'rejected' && isRejected(later, asset);
  });
  return [
    ...inOrder(confirmed.map(([, asset]) => asset)).map(
      ({ assetId }) => ({ assetId, transition: 'identity-confirmed' }) as const,
    ),
    ...inOrder(rejected.map(([, asset]) => asset)).map(
      ({ assetId }) => ({ assetId, transition: 'identity-rejected' }) as const,
    ),
  ];
}

/** Agencies about which nothing can be said: no answer now, not asked any more, or their assets are neither here nor gone. */
export function agenciesUndecided(
  before: Pick<ReportBody, 'assets'>,
  { lines, undecided }: Pick<Changes, 'lines' | 'undecided'>,
): number {
  const agencyOf = new Map(before.assets.map(({ assetId, provenance }) => [assetId, provenance.agencyId]));
  return new Set([
    ...lines
      .filter(
        ({ after, transition }) => after === 'no-answer' || ['cannot-tell', 'no-longer-asked'].includes(transition),
      )
      .map(({ agencyId }) => agencyId),
    ...undecided.map(({ lastAssetId }) => agencyOf.get(lastAssetId) ?? lastAssetId),
  ]).size;
}

function countBy<Name extends string>(names: readonly Name[]): Partial<Record<Name, number>> {
  const counts: Partial<Record<Name, number>> = {};
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
