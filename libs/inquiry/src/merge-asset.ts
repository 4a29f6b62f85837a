import type { Asset, Encumbrance, FoundAsset, Warning } from '#contracts';
import { asOfMention, compareAuthority } from './authority-order.ts';
import { compareCodePoints, nullsLast } from './code-points.ts';
import { conflictsAmong, isUnknown } from './conflicts.ts';
import { describeEncumbrances, isGeneric } from './encumbrances.ts';
import { inReportOrder } from './list-order.ts';
import type { Mention, MentionGroup } from './mentions.ts';
import { compareReceipt } from './standing-answers.ts';

/** Fields that belong together and come from one mention: no balance beside another one's date, no area in another unit. */
const groups: readonly { readonly decisive: readonly string[]; readonly fields: readonly string[] }[] = [
  { decisive: ['balance', 'availableBalance'], fields: ['currency', 'balance', 'availableBalance', 'balanceAsOf'] },
  areaGroup(['buildingArea', 'exclusiveArea', 'sharedArea', 'landArea', 'rightArea']),
];
/** Fields that stay with the winner: its own numbers and dates, and what is put together below. */
const apart: ReadonlySet<string> = new Set([
  ...groups.flatMap(({ fields }) => fields),
  'agencyRecordId',
  'accountSequence',
  'asOf',
  'asOfKind',
  'match',
  'warnings',
  'encumbrances',
]);

function areaGroup(areas: readonly string[]): (typeof groups)[number] {
  return { decisive: areas, fields: [...areas, 'areaUnit'] };
}

/**
 * One asset of the report out of all mentions of it (report.md §9.3). The most authoritative mention gives every field
 * it has; what it leaves unknown comes from the next, groups and lists whole.
 */
export function mergeAsset(group: MentionGroup, isOwnCase: (encumbrance: Encumbrance) => boolean): Asset {
  const ranked = group.mentions.toSorted(compareAuthority);
  const [winner = group.mentions[0]] = ranked;
  if (winner === undefined) throw new RangeError('an asset is named at least once');
  const { agencyRecordId, asOf, asOfKind, ...found } = filled(winner, ranked);
  const { answer } = winner;
  return inReportOrder({
    ...found,
    assetId: `ast_${group.first.answer.answerId.replace(/^ans_/, '')}-${group.first.position}`,
    assetKey: group.assetKey,
    provenance: {
      agencyId: answer.agencyId,
      channelId: answer.channelId,
      adapterId: answer.adapterId,
      adapterVersion: answer.adapterVersion,
      answerId: answer.answerId,
      agencyRecordId,
      asOf: asOf ?? answer.asOf,
      asOfKind: asOf === null ? answer.asOfKind : asOfKind,
      receivedAt: answer.receivedAt,
      rawHash: answer.rawHash,
      mergedFrom: namedBy(ranked),
      duplicateOf: null,
      conflicts: conflictsAmong(ranked),
    },
    match: { ...found.match, reviewState: group.isCandidate ? 'pending' : 'not-needed' },
    encumbrances: describeEncumbrances(encumbrancesOf(ranked), isOwnCase),
    warnings: warningsOf(ranked),
  });
}

function filled(winner: Mention, ranked: readonly Mention[]): FoundAsset {
  const merged = { ...winner.asset };
  if (ranked.length === 1) return merged;
  for (const { asset } of ranked) {
    if (asset === winner.asset) continue;
    for (const field of Object.keys(merged)) {
      if (!apart.has(field) && isField(merged, field) && isUnknown(merged[field])) take(merged, field, asset);
    }
  }
  for (const group of groups) takeWhole(group, merged, ranked);
  return merged;
}

/** The first mention that gives a decisive field gives the whole group. */
function takeWhole(
  { decisive, fields }: (typeof groups)[number],
  merged: FoundAsset,
  ranked: readonly Mention[],
): void {
  const giver = ranked.find(({ asset }) => decisive.some((field) => isField(asset, field) && asset[field] !== null));
  if (giver === undefined || giver === ranked[0]) return;
  for (const field of fields) if (isField(merged, field)) take(merged, field, giver.asset);
}

const isField = <Thing extends object>(thing: Thing, name: string): name is Extract<keyof Thing, string> =>
  Object.hasOwn(thing, name);

function take<Thing extends FoundAsset, Field extends keyof Thing>(into: Thing, field: Field, from: Thing): void {
  if (Object.hasOwn(from, field)) into[field] = from[field];
}

/** The first list that was reported. Where it knows only a kind, details of that kind come from the next. */
function encumbrancesOf(ranked: readonly Mention[]): readonly Encumbrance[] | null {
  const lists = ranked.flatMap(({ asset }) => (asset.encumbrances === null ? [] : [asset.encumbrances]));
  const [list, ...others] = lists;
  if (list === undefined) return null;
  const vague = new Set(list.filter(isGeneric).map(({ kind }) => kind));
  const detailed = [...vague].flatMap((kind) => {
    const isDetail = (each: Encumbrance): boolean => each.kind === kind && !isGeneric(each);
    return others.find((other) => other.some(isDetail))?.filter(isDetail) ?? [];
  });
  return detailed.length === 0 ? list : [...list, ...detailed];
}

/** Every answer that named the asset, once. */
function namedBy(ranked: readonly Mention[]): Asset['provenance']['mergedFrom'] {
  const byAnswer = new Map(ranked.toReversed().map((mention) => [mention.answer.answerId, mention]));
  return [...byAnswer.values()]
    .toSorted((a, b) => compareReceipt(a.answer, b.answer))
    .map((mention) => ({
      answerId: mention.answer.answerId,
      agencyId: mention.answer.agencyId,
      asOf: asOfMention(mention),
      receivedAt: mention.answer.receivedAt,
    }));
}

function warningsOf(ranked: readonly Mention[]): Warning[] {
  const all = ranked.flatMap(({ asset }) => asset.warnings);
  if (ranked.some(({ contradicted }) => contradicted)) all.push({ code: 'contradicting-answer', path: '', raw: null });
  if (all.length < 2) return all;
  const distinct = new Map(all.map((warning) => [`${warning.path}|${warning.code}|${warning.raw ?? ''}`, warning]));
  return [...distinct.values()].toSorted(compareWarnings);
}

export const compareWarnings = (a: Warning, b: Warning): number =>
  compareCodePoints(a.path, b.path) || compareCodePoints(a.code, b.code) || nullsLast(a.raw, b.raw, compareCodePoints);
