import { describe, expect, it } from '@jest/globals';
import { createIds, newId, newUuid } from './ids.ts';

const still = (iso: string) => ({ now: () => new Date(iso) });
const fixed = (byte: number) => (bytes: number) => new Uint8Array(bytes).fill(byte);

describe('an id', () => {
  it('says what it is of, then when, then chance', () => {
    const id = createIds({ clock: still('2026-11-22T06:05:30Z'), random: fixed(0) })('inq');
    expect(id).toBe('inq_01M80XR50G0000000000000000');
    expect(newId('rep')).toMatch(/^rep_[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  it('sorts after the one before it within the same millisecond', () => {
    const make = createIds({ clock: still('2026-11-22T06:05:30Z'), random: fixed(0xff) });
    const ids = Array.from({ length: 1_000 }, () => make('ans'));
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('sorts after the one before it when the clock is set back', () => {
    const times = ['2026-11-22T06:05:30Z', '2026-11-22T06:05:29Z', '2026-11-22T06:05:31Z'];
    const make = createIds({ clock: { now: () => new Date(times.shift() ?? '') }, random: fixed(1) });
    const ids = [make('ast'), make('ast'), make('ast')];
    expect(ids.toSorted()).toEqual(ids);
  });
});

describe('a uuid', () => {
  it('is random, of version 4', () => {
    expect(newUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(newUuid()).not.toBe(newUuid());
  });
});
