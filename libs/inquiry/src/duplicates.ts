import type { Asset } from '#contracts';
import { likenessOf } from './asset-key.ts';
import { compareWarnings } from './merge-asset.ts';

/**
 * Marks assets that probably are another one of the list without proof: an account whose currency is unknown, a right
 * at the same place with the same area, a vehicle without a VIN. They stay; nothing is merged (report.md §9.5).
 * Candidates (name-only) are neither marked nor pointed to: whose they are is open.
 */
export function markDuplicates(assets: readonly Asset[]): Asset[] {
  const originals = new Map<string, Asset>();
  const weak: { readonly asset: Asset; readonly text: string }[] = [];
  for (const asset of assets) {
    const likeness = asset.match.reviewState === 'pending' ? null : likenessOf(asset);
    if (likeness === null) continue;
    if (likeness.isWeak) weak.push({ asset, text: likeness.text });
    else if (!originals.has(likeness.text)) originals.set(likeness.text, asset);
  }
  const duplicateOf = new Map<Asset, string>();
  for (const { asset, text } of weak) {
    const original = originals.get(text);
    if (original === undefined) originals.set(text, asset);
    else duplicateOf.set(asset, original.assetId);
  }
  return assets.map((asset) => marked(asset, duplicateOf.get(asset)));
}

function marked(asset: Asset, duplicateOf: string | undefined): Asset {
  if (duplicateOf === undefined) return asset;
  const warning = { code: 'possible-duplicate', path: 'provenance.duplicateOf', raw: null } as const;
  return {
    ...asset,
    provenance: { ...asset.provenance, duplicateOf },
    warnings: [...asset.warnings, warning].toSorted(compareWarnings),
  };
}
