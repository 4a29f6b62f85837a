import {
  categories,
  formatRequestNumber,
  type Agency,
  type ChannelConfig,
  type DebtorKind,
  type Identifier,
  type Inquiry,
  type Manifest,
  type MatchKey,
  type NotAskedCause,
  type Plan,
  type PlannedLine,
  type PlannedShard,
  type Scope,
  type WorkingClock,
} from '#contracts';
import { compareCodePoints } from './code-points.ts';
import { addMs, earlier } from './moments.ts';
import { promisedTimes, type Promising } from './promised-time.ts';

/** Everything a plan is made of. `firstSerial` counts askings of the day; each asked line takes one. */
export interface PlanInput {
  readonly inquiry: Pick<Inquiry, 'requestedAt' | 'dueAt'> & {
    readonly debtorKind: DebtorKind;
    /** What the debtor can be asked by; left out, the plan says what the adapter usually sends. */
    readonly identifiers?: readonly Pick<Identifier, 'type' | 'normalised'>[] | undefined;
    /** Without a period transactions are not asked for (domain.md §14). */
    readonly transactionPeriod?: Inquiry['transactionPeriod'] | undefined;
  };
  readonly scope: Scope;
  readonly agencies: readonly Agency[];
  readonly channels: ReadonlyMap<string, ChannelConfig>;
  /** By channel id, as workers announced them: a channel without one cannot be asked. */
  readonly manifests: ReadonlyMap<string, Manifest>;
  /** Whether the officer's cards are filed with an agency; asked only where the channel demands it (domain.md L02). */
  readonly isRegistered?: (agency: Agency) => boolean;
  /** By channel id, for channels with service hours: a promise counts only while they are open. */
  readonly clocks?: ReadonlyMap<string, WorkingClock>;
  readonly firstSerial: number;
  readonly shardSize: number;
  readonly date: string; // yyyyMMdd
}

/**
 * Who is asked through which channel, and who is not, with the cause. Before it the guard of purpose let the inquiry
 * pass; after it the plan is stored and every shard becomes one job. One line for every agency of the directory: whatever
 * is not asked is said, never left out. Deterministic: lines by category, then agency id; request numbers in that order.
 */
export function planInquiry(input: PlanInput): Plan {
  const isSelected = selectionOf(input.scope);
  const dueAt = dueTimes(input);
  const shards = new Map<string, string[][]>();
  let serial = input.firstSerial;
  const lines = input.agencies.toSorted(compareAgencies).map((agency) => {
    const route = routeOf(agency, input, isSelected(agency));
    if (typeof route === 'string') return unaskedLine(agency, route);
    const { channel } = route;
    const requestNumber = formatRequestNumber(channel.requestNumber, {
      date: input.date,
      region: agency.region,
      serial: serial++,
    });
    const shardNo = takePlace(shards, channel.channelId, { agencyId: agency.agencyId, shardSize: input.shardSize });
    return askedLine(agency, { ...route, requestNumber, shardNo, dueAt: dueAt(agency) }, input);
  });
  return { lines, shards: shardList(shards) };
}

const categoryOrder = new Map(categories.map((category, at) => [category, at]));

const compareAgencies = (a: Agency, b: Agency): number =>
  (categoryOrder.get(a.category) ?? 0) - (categoryOrder.get(b.category) ?? 0) ||
  compareCodePoints(a.agencyId, b.agencyId);

function selectionOf({ categories: wanted, agencies, except }: Scope): (agency: Agency) => boolean {
  const inCategories = wanted === 'all' ? null : new Set<string>(wanted);
  const named = agencies === 'all-entitled' ? null : new Set(agencies);
  const left = new Set(except);
  return ({ agencyId, category }) =>
    (inCategories?.has(category) ?? true) && (named?.has(agencyId) ?? true) && !left.has(agencyId);
}

interface Route {
  readonly channel: ChannelConfig;
  readonly manifest: Manifest;
}

/** The channel that reaches an agency, or why it is not asked. */
function routeOf(
  agency: Agency,
  { channels, manifests, inquiry, isRegistered = nobody }: PlanInput,
  isSelected: boolean,
): Route | NotAskedCause {
  if (!isSelected) return 'out-of-scope';
  const channel = agency.channelId === null ? undefined : channels.get(agency.channelId);
  const manifest = channel === undefined ? undefined : manifests.get(channel.channelId);
  if (channel === undefined || manifest === undefined || !channel.enabled) return 'not-connected';
  if (!manifest.categories.includes(agency.category)) return 'not-connected';
  if (channel.needsRegisteredOfficer && !isRegistered(agency)) return 'not-entitled';
  return manifest.debtorKinds.includes(inquiry.debtorKind) ? { channel, manifest } : 'not-entitled';
}

/** Who does not say with whom an officer is registered, has nobody registered. */
const nobody = (): boolean => false;

const noClocks: NonNullable<PlanInput['clocks']> = new Map();

/** The promised time of an agency, never after the inquiry's own deadline. One text for each moment there is. */
function dueTimes({ inquiry, clocks = noClocks }: PlanInput): (agency: Promising) => string {
  const { requestedAt, dueAt } = inquiry;
  const askedAt = new Date(requestedAt);
  const promisedBy = promisedTimes(clocks, askedAt);
  const known = new Map<Date, string>();
  return (agency) => {
    const promised = promisedBy(agency);
    if (promised === null) return dueAt;
    const due = known.get(promised) ?? earlier(dueAt, addMs(requestedAt, promised.getTime() - askedAt.getTime()));
    known.set(promised, due);
    return due;
  };
}

function takePlace(
  shards: Map<string, string[][]>,
  channelId: string,
  { agencyId, shardSize }: { readonly agencyId: string; readonly shardSize: number },
): number {
  const ofChannel = shards.get(channelId) ?? [];
  shards.set(channelId, ofChannel);
  const last = ofChannel.at(-1);
  if (last === undefined || last.length >= shardSize) ofChannel.push([agencyId]);
  else last.push(agencyId);
  return ofChannel.length - 1;
}

const shardList = (shards: ReadonlyMap<string, readonly string[][]>): PlannedShard[] =>
  [...shards]
    .toSorted(([a], [b]) => compareCodePoints(a, b))
    .flatMap(([channelId, ofChannel]) => ofChannel.map((agencyIds, shardNo) => ({ channelId, shardNo, agencyIds })));

const unaskedLine = (agency: Agency, notAskedCause: NotAskedCause): PlannedLine => ({
  agencyId: agency.agencyId,
  agencyName: agency.nameZh,
  category: agency.category,
  region: agency.region,
  notAskedCause,
  channelId: null,
  mode: null,
  adapterId: null,
  adapterVersion: null,
  requestNumber: null,
  matchRule: null,
  dueAt: null,
  maxAttempts: null,
  shardNo: null,
  channelPriority: null,
  nothingIsReliable: false,
  matchKeysSent: [],
  sections: [],
  typicalMs: agency.typicalMs,
  promisedMs: agency.promisedMs,
});

type AskedAs = Route & { readonly requestNumber: string; readonly shardNo: number; readonly dueAt: string };

function askedLine(agency: Agency, asked: AskedAs, { inquiry }: PlanInput): PlannedLine {
  const { channel, manifest, requestNumber, shardNo, dueAt } = asked;
  const kind = inquiry.debtorKind === 'natural' ? 'natural' : 'organisation';
  const wantsTransactions = (inquiry.transactionPeriod ?? null) !== null;
  return {
    ...unaskedLine(agency, 'out-of-scope'),
    notAskedCause: null,
    channelId: channel.channelId,
    mode: channel.mode,
    adapterId: manifest.id,
    adapterVersion: manifest.version,
    requestNumber,
    matchRule: manifest.matchRule[kind],
    dueAt,
    maxAttempts: channel.retry.maxAttempts,
    shardNo,
    channelPriority: channel.priority,
    nothingIsReliable: channel.nothingIsReliable,
    matchKeysSent: keysSent(manifest.keysSent[kind], inquiry.identifiers),
    sections: manifest.sections.filter((name) => name !== 'transactions' || wantsTransactions),
  };
}

/** A key the debtor does not have is not sent: a 15-digit number stands in for the 18 digits, an organisation code for the USCC. */
function keysSent(usual: readonly MatchKey[], identifiers: PlanInput['inquiry']['identifiers']): MatchKey[] {
  if (identifiers === undefined) return [...usual];
  const citizen = identifiers.filter(({ type }) => type === 'citizen-id');
  const isOld = citizen.length > 0 && citizen.every(({ normalised }) => normalised.length === 15);
  const has = (wanted: Identifier['type']) => identifiers.some(({ type }) => type === wanted);
  const sent = usual.flatMap((key): MatchKey[] => {
    if (key === 'id18' && (isOld || citizen.length === 0)) return isOld ? ['id15'] : [];
    if (key === 'uscc' && !has('uscc')) return has('org-code') ? ['org-code'] : [];
    return [key];
  });
  return [...new Set(sent)];
}
