import type { Encumbrance, FieldChange } from '#contracts';
import { isStanding } from '../encumbrances.ts';
import { chinaDay } from '../moments.ts';
import { changeOf } from './values.ts';

const reminderDays = 30; // domain.md §12.5 A6

/** The moments of the two reports: reminders are counted from them, never from a clock. */
export interface Moments {
  readonly before: string;
  readonly after: string;
}

type List = readonly Encumbrance[] | null;

/** What happened to the encumbrances of one asset (report.md §11.3). A list that is not reported is no empty list. */
export function encumbranceChanges(before: List, after: List, moments: Moments): FieldChange[] {
  if (before === null && after === null) return [];
  const earlier = named(before ?? []);
  const later = named(after ?? []);
  if (earlier.size === 0 && later.size === 0 && (before === null || after === null)) {
    const code = before === null ? 'value-established' : 'value-not-given';
    return [{ path: 'encumbrances', code, before: before && [], after: after && [], difference: null }];
  }
  const gone = [...earlier].filter(([name]) => !later.has(name));
  const code = after === null ? 'encumbrance-not-given' : 'encumbrance-removed';
  return [
    ...[...later].flatMap(([name, each]) => {
      const was = earlier.get(name);
      const path = `encumbrances[${name}]`;
      if (was !== undefined) return changesOfOne(path, [was, each], moments);
      const isNew = before === null ? 'encumbrance-established' : 'encumbrance-added';
      return [{ path, code: isNew, before: null, after: each, difference: null } as const];
    }),
    ...gone.map(
      ([name, each]) => ({ path: `encumbrances[${name}]`, code, before: each, after: null, difference: null }) as const,
    ),
  ];
}

/** By what stays when a waiting measure takes effect; by position where two are named alike. */
function named(list: readonly Encumbrance[]): ReadonlyMap<string, Encumbrance> {
  const byName = new Map<string, Encumbrance>();
  for (const each of list) {
    const { kind, authority, documentNumber, startsOn } = each;
    const name = [kind.replace(/^waiting-/, ''), authority ?? '', documentNumber ?? '', startsOn ?? ''].join('|');
    let place = 1;
    while (byName.has(place === 1 ? name : `${name}|${place}`)) place += 1;
    byName.set(place === 1 ? name : `${name}|${place}`, each);
  }
  return byName;
}

const compared = [
  'amount',
  'quantity',
  'ratio',
  'scope',
  'registeredAt',
  'publishedAt',
  'endsOn',
  'liftedOn',
  'inForce',
  'holderName',
  'securedAmount',
  'securedFrom',
  'securedTo',
] as const satisfies readonly (keyof Encumbrance)[];

type Both = readonly [before: Encumbrance, after: Encumbrance];

function changesOfOne(path: string, [was, is]: Both, moments: Moments): FieldChange[] {
  const fields = compared.map((field) =>
    changeOf({ path: `${path}.${field}`, before: was[field], after: is[field] }, 'encumbrance-changed'),
  );
  return [rankChange(path, [was, is]), ...fields, termChange(path, [was, is], moments)].filter(
    (change) => change !== null,
  );
}

function rankChange(path: string, [was, is]: Both): FieldChange | null {
  const told = { path: `${path}.rank`, before: was.rank, after: is.rank, difference: null };
  if (was.kind !== is.kind) {
    const tookEffect = was.kind.startsWith('waiting-');
    return {
      ...{ path: `${path}.kind`, before: was.kind, after: is.kind, difference: null },
      code: tookEffect ? 'took-effect' : 'encumbrance-changed',
    };
  }
  if (was.rank === null || is.rank === null || was.rank === is.rank) return null; // a rank of ours may come and go
  if (is.rank > was.rank) return { ...told, code: 'encumbrance-changed' };
  return { ...told, code: is.rank === 0 ? 'took-effect' : 'moved-up' };
}

/** A measure of this case that came into the reminder window since, or whose end has passed since. */
function termChange(path: string, [was, is]: Both, moments: Moments): FieldChange | null {
  if (!is.isOwnCase || is.endsOn === null || !isStanding(is)) return null;
  const told = { path: `${path}.endsOn`, before: was.endsOn, after: is.endsOn, difference: null };
  const [then, now] = [termAt(was, moments.before), termAt(is, moments.after)];
  return now === 'running' || then === now ? null : { ...told, code: now };
}

function termAt({ endsOn }: Encumbrance, at: string): 'running' | 'expiring' | 'lapsed' {
  if (endsOn === null || endsOn > chinaDay(at, reminderDays)) return 'running';
  return endsOn < chinaDay(at) ? 'lapsed' : 'expiring';
}
