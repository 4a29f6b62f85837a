import type { Anomaly, AnomalyKind, AuditAction } from '#contracts';

/** What of an event of the ledger tells whether somebody should look at it. `at` is local time, as the court lives it. */
export interface Looked {
  readonly seq: number;
  readonly at: string;
  readonly atMs: number;
  readonly actor: { readonly userId: string | null; readonly courtCode: string | null };
  readonly action: AuditAction;
  readonly caseId: string | null;
  readonly persons: readonly string[];
  readonly result: 'done' | 'refused';
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

/** From how many on a card is shown. */
export interface AnomalyThresholds {
  readonly 'night-burst': number;
  readonly 'same-person': number;
  readonly 'many-people': number;
  readonly refusals: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const morning = 7;
const evening = 22;
const mostEvidence = 20;
const mostCards = 200;

/**
 * Cards for auditors (domain.md §9.2), newest first: pure, over the events of a bounded time, in any order.
 * The same events give the same cards.
 */
export function findAnomalies(events: readonly Looked[], thresholds: AnomalyThresholds): Anomaly[] {
  const inOrder = events.toSorted((one, other) => one.seq - other.seq);
  const cards = [
    ...singly(inOrder, 'no-case', ({ action, caseId }) => action === 'inquiry.sent' && caseId === null),
    ...singly(inOrder, 'own-surname', ({ detail }) => detail['ownSurname'] === true),
    ...singly(inOrder, 'emergency', ({ action }) => action === 'emergency.used'),
    ...bursts(inOrder.filter(isAtNight), { kind: 'night-burst', least: thresholds['night-burst'], withinMs: hourMs }),
    ...samePerson(inOrder, thresholds['same-person']),
    ...manyPeople(inOrder, thresholds['many-people']),
    ...afterHandOver(inOrder),
    ...bursts(
      inOrder.filter(({ result }) => result === 'refused'),
      { kind: 'many-refusals', least: thresholds.refusals, withinMs: dayMs },
    ),
  ];
  return cards.toSorted((one, other) => (other.evidence.at(-1) ?? 0) - (one.evidence.at(-1) ?? 0)).slice(0, mostCards);
}

interface Burst {
  readonly kind: AnomalyKind;
  readonly least: number;
  readonly withinMs: number;
}

function card(kind: AnomalyKind, events: readonly Looked[], threshold: number): Anomaly[] {
  const [first] = events;
  const last = events.at(-1);
  if (!first || !last) return [];
  const cases = new Set(events.map(({ caseId }) => caseId));
  return [
    {
      kind,
      ...first.actor,
      caseId: cases.size === 1 ? first.caseId : null,
      ...{ since: first.at, until: last.at, count: events.length, threshold },
      evidence: events.slice(-mostEvidence).map(({ seq }) => seq),
    },
  ];
}

/** One card for each person and case: every one of these is worth a look. */
function singly(events: readonly Looked[], kind: AnomalyKind, fits: (event: Looked) => boolean): Anomaly[] {
  const groups = Map.groupBy(events.filter(fits), ({ actor, caseId }) => `${actor.userId} ${caseId}`);
  return [...groups.values()].flatMap((group) => card(kind, group, 1));
}

/** Acts that look at a person or set something going about one; lists and sign-ins do not. */
const isAboutSomebody = ({ persons, result }: Looked): boolean => persons.length > 0 && result === 'done';

const isAtNight = (event: Looked): boolean => {
  const hour = Number(event.at.slice(11, 13));
  return isAboutSomebody(event) && (hour < morning || hour >= evening);
};

const byUser = (events: readonly Looked[]): (readonly Looked[])[] => [
  ...Map.groupBy(
    events.filter(({ actor }) => actor.userId !== null),
    ({ actor }) => actor.userId,
  ).values(),
];

/** The fullest stretches of a person's events that do not overlap. */
function bursts(events: readonly Looked[], { kind, least, withinMs }: Burst): Anomaly[] {
  return byUser(events).flatMap((own) => {
    const found: Anomaly[] = [];
    for (let start = 0; start < own.length; ) {
      const from = own[start]?.atMs ?? 0;
      const group = own.slice(start).filter(({ atMs }) => atMs - from < withinMs);
      if (group.length >= least) found.push(...card(kind, group, least));
      start += group.length >= least ? group.length : 1;
    }
    return found;
  });
}

/** One person by one officer, whatever the cases: the person is known by its blind index only. */
function samePerson(events: readonly Looked[], least: number): Anomaly[] {
  return byUser(events.filter(isAboutSomebody)).flatMap((own) => {
    const groups = Map.groupBy(own, ({ persons }) => persons[0] ?? '');
    return [...groups.values()].flatMap((group) => (group.length >= least ? card('same-person', group, least) : []));
  });
}

function manyPeople(events: readonly Looked[], least: number): Anomaly[] {
  return byUser(events.filter(isAboutSomebody)).flatMap((own) => {
    const found: Anomaly[] = [];
    for (let start = 0; start < own.length; ) {
      const from = own[start]?.atMs ?? 0;
      const group = own.slice(start).filter(({ atMs }) => atMs - from < hourMs);
      const firsts = [...new Map(group.toReversed().map((event) => [event.persons[0], event])).values()].toReversed();
      if (firsts.length >= least) found.push(...card('many-people', firsts, least));
      start += firsts.length >= least ? group.length : 1;
    }
    return found;
  });
}

/** Looks of the court that had handed the case over, after it had. `detail.toCourt` says whose the case is from then on. */
function afterHandOver(events: readonly Looked[]): Anomaly[] {
  const handed = new Map<string, { readonly toCourt: unknown; readonly fromCourt: string | null }>();
  const late: Looked[] = [];
  for (const event of events) {
    const { action, caseId, actor, detail } = event;
    if (caseId === null) continue;
    const before = handed.get(caseId);
    if (action === 'case.handed-over') handed.set(caseId, { toCourt: detail['toCourt'], fromCourt: actor.courtCode });
    else if (before && actor.courtCode === before.fromCourt && actor.courtCode !== before.toCourt) late.push(event);
  }
  return singly(late, 'after-hand-over', () => true);
}
