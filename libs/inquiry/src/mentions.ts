import type { FoundAsset, PlannedLine } from '#contracts';
import { assetKeyOf } from './asset-key.ts';
import type { Answered, FoundAnswer } from './merge-input.ts';
import { compareReceipt, replacedFindings, type Standing } from './standing-answers.ts';

/** One asset as one answer named it. */
export interface Mention {
  readonly asset: FoundAsset;
  readonly answer: FoundAnswer;
  readonly position: number; // in that answer, from 1
  readonly priority: number; // of the channel; lower wins
  readonly contradicted: boolean; // the answer replaced another one for the same asking
  /** The mention of the answer itself that this one, from its later part, adds to: it ranks right behind that. */
  readonly extended: Mention | null;
}

/** Mentions that are one asset: they share kind and key, or there is only one. */
export interface MentionGroup {
  readonly assetKey: string | null;
  readonly mentions: readonly Mention[];
  readonly isCandidate: boolean;
  /** Answer and position that give the asset its id. */
  readonly first: Pick<Mention, 'answer' | 'position'>;
}

interface OpenGroup {
  readonly assetKey: string | null;
  readonly mentions: Mention[];
  readonly isCandidate: boolean;
  first: MentionGroup['first'];
}

/**
 * What the standing answers name, grouped by key (report.md §9.2). Without a key nothing merges; name-only matches never
 * merge, not even with each other (M1).
 */
export function mentionGroups(
  plan: readonly PlannedLine[],
  standing: ReadonlyMap<string, Standing>,
): readonly MentionGroup[] {
  const groups: OpenGroup[] = [];
  const byKey = new Map<string, OpenGroup>();
  for (const line of plan) {
    const heard = standing.get(line.agencyId);
    if (heard === undefined) continue;
    for (const mention of mentionsOf(line, heard)) place(mention, groups, byKey);
  }
  for (const heard of standing.values()) {
    for (const answer of replacedFindings(heard)) keepFirstNames(answer, byKey);
  }
  return groups;
}

function place(mention: Mention, groups: OpenGroup[], byKey: Map<string, OpenGroup>): void {
  const isCandidate = mention.asset.match.confidence === 'name-only';
  const assetKey = assetKeyOf(mention.asset);
  const name = isCandidate || assetKey === null ? null : `${mention.asset.kind}|${assetKey}`;
  const known = name === null ? undefined : byKey.get(name);
  if (known !== undefined) {
    known.mentions.push(mention);
    known.first = firstOf(known.first, mention);
    return;
  }
  const group = { assetKey, mentions: [mention], isCandidate, first: mention };
  groups.push(group);
  if (name !== null) byKey.set(name, group);
}

/** An asset keeps its id when the answer that first named it is replaced by a newer one. */
function keepFirstNames(answer: FoundAnswer, byKey: ReadonlyMap<string, OpenGroup>): void {
  answer.assets.forEach((asset, at) => {
    if (asset.match.confidence === 'name-only') return;
    const group = byKey.get(`${asset.kind}|${assetKeyOf(asset)}`);
    if (group !== undefined) group.first = firstOf(group.first, { answer, position: at + 1 });
  });
}

function mentionsOf(line: PlannedLine, { main, transactions, contradicted }: Standing): readonly Mention[] {
  const mentions = namedBy(main, line, contradicted);
  if (transactions === null) return mentions;
  const byKey = new Map(mentions.map((mention) => [`${mention.asset.kind}|${assetKeyOf(mention.asset)}`, mention]));
  const later = namedBy(transactions, line, contradicted).map((mention) => ({
    ...mention,
    extended: byKey.get(`${mention.asset.kind}|${assetKeyOf(mention.asset)}`) ?? null,
  }));
  return [...mentions, ...later];
}

function namedBy(answer: Answered | null, line: PlannedLine, contradicted: boolean): Mention[] {
  if (answer?.verdict !== 'found') return [];
  const priority = line.channelPriority ?? Number.MAX_SAFE_INTEGER;
  return answer.assets.map((asset, at) => ({
    asset,
    answer,
    position: at + 1,
    priority,
    contradicted,
    extended: null,
  }));
}

function firstOf(a: MentionGroup['first'], b: MentionGroup['first']): MentionGroup['first'] {
  const order = compareReceipt(a.answer, b.answer) || a.position - b.position;
  return order <= 0 ? a : b;
}
