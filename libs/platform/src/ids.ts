import { randomBytes, randomUUID } from 'node:crypto';
import { type Clock, systemClock } from './clock.ts';

/** What an id may be of (api.md §1). The prefix says it to people; code never reads anything else out of an id. */
export const idPrefixes = [
  'case',
  'deb',
  'inq',
  'ans',
  'ast',
  'rep',
  'cmp',
  'exp',
  'imp',
  'msr',
  'sch',
  'whk',
  'dlv',
  'file',
  'aud',
  'usr',
  'tok',
  'opx',
  'ses',
  'apr',
  'hold',
  'asg',
  'hov',
  'crt',
] as const;
export type IdPrefix = (typeof idPrefixes)[number];

/** Crockford's base 32: no I, L, O, U, and sorted as ASCII sorts it. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeLength = 10; // 48 bits of milliseconds
const chanceLength = 16; // 80 bits
const chanceBytes = 10;

export type IdSources = { readonly clock: Pick<Clock, 'now'>; readonly random: (bytes: number) => Uint8Array };

/** Makes ids such as `inq_01JD8Z0V9K8TQ3N5W7YB2C4D6E`. */
export type NewId = (prefix: IdPrefix) => string;

/**
 * Ids that sort in the order they were made, also within one millisecond and when the clock is set back. They hold a
 * time and chance, never anything about a person.
 */
export function createIds({ clock, random }: IdSources): NewId {
  let lastMs = -1;
  let lastChance = 0n;
  return (prefix) => {
    const ms = Math.max(clock.now().getTime(), lastMs);
    const next = ms > lastMs ? freshChance(random) : lastChance + 1n;
    lastMs = ms;
    lastChance = next;
    return `${prefix}_${encode(BigInt(ms), timeLength)}${encode(next, chanceLength)}`;
  };
}

/** The highest bit stays free, so that counting up within a millisecond never overflows. */
function freshChance(random: IdSources['random']): bigint {
  const hex = Buffer.from(random(chanceBytes)).toString('hex');
  return BigInt(`0x${hex}`) >> 1n;
}

function encode(value: bigint, length: number): string {
  let rest = value;
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = `${alphabet[Number(rest & 31n)] ?? ''}${text}`;
    rest >>= 5n;
  }
  return text;
}

/** Ids from the system's clock and chance. */
export const newId: NewId = createIds({ clock: systemClock, random: randomBytes });

/** A random UUID (version 4), where an outside format wants one. */
export function newUuid(): string {
  return randomUUID();
}
