import {
  foundAssetSchema,
  minimisedAsset,
  optionalAssetFields,
  type FoundAsset,
  type Manifest,
  type Said,
} from '#contracts';

/**
 * What an adapter said, cut down to what may be kept (数据最小化, docs/decisions/0028-what-is-kept-of-an-answer.md). The
 * only place where this is done, after every adapter and before anything is stored: fields that the manifest does not
 * name are dropped, third persons are masked, contact data are dropped, clients' money is masked. Everything is counted
 * in `dropped.minimised`. Whether something was found never changes, and the messages are kept as they came.
 */
export function minimised(said: Said, { delivers }: Pick<Manifest, 'delivers'>): Said {
  if (said.verdict !== 'found') return said;
  const allowed = new Set(delivers);
  let count = 0;
  const assets = said.assets.map((asset) => {
    const cut = cutDown(asset, allowed);
    count += cut.count;
    return cut.asset;
  });
  if (count === 0) return { ...said, assets };
  return { ...said, assets, dropped: { ...said.dropped, minimised: said.dropped.minimised + count } };
}

function cutDown(asset: FoundAsset, allowed: ReadonlySet<string>): ReturnType<typeof minimisedAsset> {
  const dropped = unnamedFields(asset, allowed);
  const nulls = Object.fromEntries(dropped.map((field) => [field, null]));
  const delivered = dropped.length === 0 ? asset : foundAssetSchema.parse({ ...asset, ...nulls });
  const cut = minimisedAsset(delivered);
  return { asset: cut.asset, count: dropped.length + cut.count };
}

/** Filled, and not named by the manifest. */
function unnamedFields(asset: FoundAsset, allowed: ReadonlySet<string>): string[] {
  const filled = new Map(Object.entries(asset));
  return (optionalAssetFields.get(asset.kind) ?? []).filter(
    (field) => (filled.get(field) ?? null) !== null && !allowed.has(`${asset.kind}.${field}`),
  );
}
