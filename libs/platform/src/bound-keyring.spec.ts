import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataKeyRow, SealAlgorithm, WrappedDataKey } from '#contracts';
import { indexVersionOne, sealVersionOne } from '../../../test/integration/version-one.ts';
import { type BoundKeyring, bindKeyring, type KeyOptions } from './bound-keyring.ts';
import type { Keyring } from './keyring.ts';

const key = (id: string, byte: number) => ({ id, secret: Buffer.alloc(32, byte) });
const oldKey = key('old', 2);
const newKey = key('new', 1);
const ring: Keyring = { keys: [newKey, oldKey] };
const oldRing: Keyring = { keys: [oldKey] };
const never = new AbortController().signal;
const at = new Date('2026-11-22T06:00:00Z');
const text = Buffer.from('张三 110100199003074112', 'utf8');

const rowOf = (wrapped: WrappedDataKey, more: Partial<DataKeyRow> = {}): DataKeyRow => ({
  ...wrapped,
  activeFrom: at,
  retiredAt: null,
  ...more,
});

/** Keys with one data key of each purpose, and their rows. */
async function withDataKeys(keyring: Keyring, options: KeyOptions = {}) {
  const keys = bindKeyring(keyring, options);
  const rows = [rowOf(await keys.make('seal', never)), rowOf(await keys.make('blind-index', never))];
  await keys.take(rows, at, never);
  return { keys, rows };
}
const taken = async (keys: BoundKeyring, rows: readonly DataKeyRow[], now = at) => {
  await keys.take(rows, now, never);
  return keys;
};
const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe.each<SealAlgorithm>(['aes-256-gcm', 'sm4-gcm'])('a text sealed with %s', (algorithm) => {
  it('opens in its own context, also for another process, and side by side with the other cipher', async () => {
    const { keys, rows } = await withDataKeys(ring, { algorithm });
    const other = await withDataKeys(ring, { algorithm: algorithm === 'sm4-gcm' ? 'aes-256-gcm' : 'sm4-gcm' });
    const reader = await taken(bindKeyring(ring), [...rows, ...other.rows.slice(0, 1)]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), fc.string(), (bytes, context, elsewhere) => {
        const envelope = keys.seal(bytes, context);
        expect(reader.open(envelope, context)).toEqual(Buffer.from(bytes));
        expect(reader.open(other.keys.seal(bytes, context), context)).toEqual(Buffer.from(bytes));
        if (elsewhere !== context) expect(() => reader.open(envelope, elsewhere)).toThrow(code('not-authentic'));
      }),
    );
  });

  it('does not open when a bit was changed or a byte lost', async () => {
    const { keys } = await withDataKeys(ring, { algorithm });
    const envelope = keys.seal(text, 'a');
    expect(envelope.includes(Buffer.from('张三'))).toBe(false);
    expect(keys.seal(text, 'a').equals(envelope)).toBe(false);
    for (let bit = 0; bit < envelope.length * 8; bit += 1) {
      const changed = Buffer.from(envelope);
      changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7));
      expect(() => keys.open(changed, 'a')).toThrow(expect.objectContaining({ name: 'SealBroken' }));
    }
    for (let length = 0; length < envelope.length; length += 1) {
      const cut = envelope.subarray(0, length);
      expect(() => keys.open(cut, 'a')).toThrow(expect.objectContaining({ name: 'SealBroken' }));
    }
  });
});

describe('data keys', () => {
  it('are refused before any is there, and where the envelope names another one', async () => {
    const { keys } = await withDataKeys(ring);
    expect(() => bindKeyring(ring).seal(text, 'a')).toThrow(code('no-data-key'));
    expect(() => bindKeyring(ring).open(keys.seal(text, 'a'), 'a')).toThrow(code('key-unknown'));
  });

  it('take over when their time has come, by the clock of the database', async () => {
    let monotonic = 1_000;
    const keys = bindKeyring(ring, { monotonicMs: () => monotonic });
    const takesOver = new Date(at.getTime() + 60_000);
    const [first, next] = [await keys.make('seal', never), await keys.make('seal', never)];
    const rows = [rowOf(first, { retiredAt: takesOver }), rowOf(next, { activeFrom: takesOver })];
    await keys.take(rows, at, never);
    const sealedBy = () => keys.seal(text, 'a').toString('utf8', 2, 21);
    expect(sealedBy()).toBe(first.dataKeyId);
    monotonic += 59_999;
    expect(sealedBy()).toBe(first.dataKeyId);
    monotonic += 1;
    expect(sealedBy()).toBe(next.dataKeyId);
    expect(keys.uncounted()).toEqual(
      new Map([
        [first.dataKeyId, 2],
        [next.dataKeyId, 1],
      ]),
    );
    keys.counted(new Map([[first.dataKeyId, 2]]));
    expect(keys.uncounted().get(first.dataKeyId)).toBe(0);
  });

  it('stay readable while their wrapping key changes, and do not need the old one any more', async () => {
    const { keys, rows } = await withDataKeys(oldRing);
    const envelope = keys.seal(text, 'a');
    const index = keys.blindIndex('citizen-id', '1');
    const both = bindKeyring(ring);
    const rewrapped = await Promise.all(rows.map(async (row) => ({ ...row, ...(await both.rewrap(row, never))! })));
    expect(rewrapped.map(({ wrappingKeyId }) => wrappingKeyId)).toEqual(['new', 'new']);
    expect(await both.rewrap(rewrapped[0]!, never)).toBeNull();
    const after = await taken(bindKeyring({ keys: [newKey] }), rewrapped);
    expect(after.open(envelope, 'a')).toEqual(text);
    expect(after.blindIndex('citizen-id', '1')).toBe(index);
    await expect(taken(bindKeyring({ keys: [newKey] }), rows)).rejects.toEqual(code('wrapping-key-unknown'));
  });

  it('are refused when a wrapped key was changed, or stands in the row of another one', async () => {
    const { rows } = await withDataKeys(ring);
    const [sealing, indexing] = rows as [DataKeyRow, DataKeyRow];
    const swapped = { ...sealing, wrapped: indexing.wrapped };
    await expect(taken(bindKeyring(ring), [swapped])).rejects.toEqual(code('wrapped-key-broken'));
    const flipped = Buffer.from(sealing.wrapped);
    flipped[20] = flipped[20]! ^ 1;
    await expect(taken(bindKeyring(ring), [{ ...sealing, wrapped: flipped }])).rejects.toEqual(
      code('wrapped-key-broken'),
    );
    const otherSecret = bindKeyring({ keys: [key('new', 9)] });
    await expect(taken(otherSecret, rows)).rejects.toEqual(code('wrapped-key-broken'));
  });

  it('are wrapped with the key that is first now, when the keyring is read again', async () => {
    const keys = bindKeyring(oldRing, { reread: async () => ring });
    expect((await keys.make('seal', never)).wrappingKeyId).toBe('new');
    const elsewhere = rowOf(await bindKeyring(ring).make('seal', never));
    await expect(taken(bindKeyring(oldRing, { reread: async () => ring }), [elsewhere])).resolves.toBeDefined();
  });
});

describe('what version 1 wrote', () => {
  it('opens with the keyring, and without it when its keys were taken over', async () => {
    const envelope = sealVersionOne(oldKey, text, 'a');
    const { keys } = await withDataKeys(ring);
    expect(keys.open(envelope, 'a')).toEqual(text);
    expect(() => keys.open(envelope, 'b')).toThrow(code('not-authentic'));
    const earlier = await keys.earlier('seal', never);
    const rows = earlier.map((each) => rowOf(each, { retiredAt: at }));
    const fresh = await withDataKeys({ keys: [newKey] });
    expect(() => fresh.keys.open(envelope, 'a')).toThrow(code('key-unknown'));
    expect((await taken(fresh.keys, rows)).open(envelope, 'a')).toEqual(text);
  });

  it('is found by its indexes, of every key', async () => {
    const { keys } = await withDataKeys(ring);
    const earlier = await keys.earlier('blind-index', never);
    await keys.take(
      earlier.map((each) => rowOf(each, { retiredAt: at })),
      at,
      never,
    );
    const indexes = keys.blindIndexes('citizen-id', '110100199003074112');
    expect(indexes[0]).toBe(keys.blindIndex('citizen-id', '110100199003074112'));
    for (const each of [newKey, oldKey])
      expect(indexes).toContain(indexVersionOne(each, 'citizen-id', '110100199003074112'));
    expect(keys.blindIndexes('passport', '110100199003074112')).not.toContain(indexes[0]);
  });
});

describe('an error about keys', () => {
  it('holds no key', async () => {
    const { keys, rows } = await withDataKeys(ring);
    const errors: unknown[] = [];
    const collect = (error: unknown) => void errors.push(error);
    await taken(bindKeyring({ keys: [key('new', 9)] }), rows).catch(collect);
    await taken(bindKeyring({ keys: [key('none', 9)] }), rows).catch(collect);
    await bindKeyring(null).make('seal', never).catch(collect);
    try {
      keys.open(Buffer.alloc(60, 1), 'a');
    } catch (error) {
      collect(error);
    }
    expect(errors).toHaveLength(4);
    const said = errors
      .map((error) => `${String(error)} ${JSON.stringify(error)} ${(error as Error).stack}`)
      .join('\n');
    const secrets = [newKey, oldKey, key('x', 9)].map(({ secret }) => secret);
    for (const form of ['hex', 'base64'] as const)
      for (const secret of [...secrets, ...rows.map(({ wrapped }) => Buffer.from(wrapped))])
        expect(said).not.toContain(secret.toString(form));
  });
});
