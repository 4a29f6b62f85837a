import type { DataKey, DataKeyRow } from '#contracts';
import { keyedHash, secretBytes } from './ciphers.ts';
import { openWith, readEnvelope, SealBroken, sealWith } from './envelope.ts';
import { KeyFault } from './key-fault.ts';
import type { Keyring } from './keyring.ts';
import { versionOneSecret } from './wrapping.ts';

type Held = DataKey & { readonly secret: Uint8Array; readonly activeFromMs: number; readonly retiredAtMs: number };

type Parts = { readonly ring: () => Keyring | null; readonly monotonicMs: () => number };
type Taking = { readonly at: Date; readonly unwrap: (row: DataKeyRow) => Promise<Uint8Array> };

const unwrappedAtOnce = 8;

/** The unwrapped data keys, in the memory of this process and nowhere else, and what is done with them. */
export function openHeldKeys({ ring, monotonicMs }: Parts) {
  const held = new Map<string, Held>();
  const { count, ...tally } = openTally();
  let shared = { atMs: 0, readMs: 0 };
  const nowMs = () => shared.atMs + monotonicMs() - shared.readMs;
  const inUse = openChoice(held, nowMs);
  return {
    /** Seals with the data key in use. @param context where the text belongs, such as `answers.payload/<row id>` */
    seal(bytes: Uint8Array, context: string): Buffer {
      const { dataKeyId: id, algorithm, secret } = inUse.key('seal');
      count(id);
      return sealWith({ id, algorithm, secret }, bytes, context);
    },
    /** Opens with the key that the envelope names. @throws SealBroken */
    open(bytes: Uint8Array, context: string): Buffer {
      const envelope = readEnvelope(bytes);
      const { version, keyId } = envelope;
      const key = held.get(version === 1 ? `v1.${keyId}` : keyId);
      if (key) return openWith(key, envelope, context);
      const old = version === 1 ? ring()?.keys.find(({ id }) => id === keyId) : undefined;
      if (!old) throw new SealBroken('key-unknown');
      return openWith({ algorithm: 'aes-256-gcm', secret: versionOneSecret(old, 'seal') }, envelope, context);
    },
    /**
     * What stands in the database in place of a number that must be found again (hexadecimal). The caller normalises
     * the value first. @param kind keeps equal values of different kinds apart, such as `debtor.id-number`
     */
    blindIndex: (kind: string, value: string): string => indexWith(inUse.key('blind-index'), kind, value),
    /** The index under every key there ever was, the one in use first: what to look a value up by. */
    blindIndexes(kind: string, value: string): readonly string[] {
      const first = inUse.key('blind-index');
      const older = [...held.values()].filter((key) => key.purpose === 'blind-index' && key !== first);
      return [first, ...older].map((key) => indexWith(key, kind, value));
    },
    ...tally,
    async take(rows: readonly DataKeyRow[], taking: Taking): Promise<void> {
      shared = { atMs: taking.at.getTime(), readMs: monotonicMs() };
      await takeIn(held, rows, taking.unwrap);
      inUse.forget();
    },
  };
}

/** How often each key was used. */
function openTally() {
  const counts = new Map<string, number>();
  const add = (id: string, more: number) => counts.set(id, (counts.get(id) ?? 0) + more);
  return {
    count: (id: string) => add(id, 1),
    /** How often each data key has sealed here since it was last told to `counted`. */
    uncounted: (): ReadonlyMap<string, number> => new Map(counts),
    counted(told: ReadonlyMap<string, number>): void {
      for (const [id, count] of told) add(id, -count);
    },
  };
}

async function takeIn(held: Map<string, Held>, rows: readonly DataKeyRow[], unwrap: Taking['unwrap']): Promise<void> {
  for (const row of rows) {
    const known = held.get(row.dataKeyId);
    if (known) held.set(row.dataKeyId, { ...known, ...timesOf(row) });
  }
  const unknown = rows.filter(({ dataKeyId }) => !held.has(dataKeyId)).toReversed(); // what seals now comes first
  for (let from = 0; from < unknown.length; from += unwrappedAtOnce) {
    const some = unknown.slice(from, from + unwrappedAtOnce);
    const opened = await Promise.all(some.map(async (row) => heldOf(row, await unwrap(row))));
    for (const key of opened) held.set(key.dataKeyId, key);
  }
}

/** Which key is in use now: worked out again when one begins or ends, not for every row. */
function openChoice(held: ReadonlyMap<string, Held>, nowMs: () => number) {
  const chosen = new Map<DataKey['purpose'], { readonly key: Held; readonly untilMs: number }>();
  const choose = (purpose: DataKey['purpose'], now: number) => {
    const keys = [...held.values()].filter((key) => key.purpose === purpose);
    const usable = keys.filter((key) => key.activeFromMs <= now && key.retiredAtMs > now);
    const [key] = usable.toSorted((a, b) => b.activeFromMs - a.activeFromMs);
    if (!key) throw new KeyFault('no-data-key');
    const changes = keys.flatMap(({ activeFromMs, retiredAtMs }) => [activeFromMs, retiredAtMs]);
    return { key, untilMs: Math.min(...changes.filter((at) => at > now), Number.POSITIVE_INFINITY) };
  };
  return {
    forget: () => chosen.clear(),
    key(purpose: DataKey['purpose']): Held {
      const now = nowMs();
      const known = chosen.get(purpose);
      const choice = known && known.untilMs > now ? known : choose(purpose, now);
      chosen.set(purpose, choice);
      return choice.key;
    },
  };
}

const timesOf = ({ activeFrom, retiredAt }: DataKeyRow) => ({
  activeFromMs: activeFrom.getTime(),
  retiredAtMs: retiredAt?.getTime() ?? Number.POSITIVE_INFINITY,
});

function heldOf(row: DataKeyRow, secret: Uint8Array): Held {
  const { dataKeyId, purpose, algorithm } = row;
  if (secret.length !== secretBytes[algorithm]) throw new KeyFault('wrapped-key-broken', dataKeyId);
  return { dataKeyId, purpose, algorithm, secret, ...timesOf(row) };
}

const indexWith = ({ algorithm, secret }: Held, kind: string, value: string): string =>
  keyedHash(algorithm, secret, JSON.stringify([kind, value]));
