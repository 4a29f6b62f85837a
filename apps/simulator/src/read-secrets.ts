import type { ChannelConfig } from '#contracts';
import type { ResolvedSecret } from '#platform';
import { recordAt, textAt } from './json-value.ts';
import { privateKeyOf } from './register/register-profile.ts';

/**
 * Reads every secret that the settings of these channels refer to, so that nobody has to wait for one later.
 *
 * @throws Error naming the references that cannot be had
 */
export async function readSecrets(
  channels: readonly ChannelConfig[],
  secret: (name: string) => string | Promise<ResolvedSecret>,
): Promise<(name: string) => string> {
  const names = new Set(channels.flatMap(({ settings }) => referencesIn(settings).flatMap(counterparts)));
  const read = await Promise.all([...names].map(async (name) => [name, await secret(name)] as const));
  const missing = read.flatMap(([name, found]) => (typeof found === 'string' || found.ok ? [] : [name]));
  if (missing.length > 0) throw new Error(`The simulator misses these secrets: ${missing.join(', ')}.`);
  const values = new Map(
    read.map(([name, found]) => [name, typeof found === 'string' ? found : found.ok ? found.value : '']),
  );
  return (name) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`No channel refers to the secret "${name}".`);
    return value;
  };
}

/** Where the product knows a public key of ours, the private one is what we sign with. */
const counterparts = (name: string): readonly string[] =>
  name.endsWith('-public-key') ? [privateKeyOf(name)] : [name];

/** All `{ secret: name }` inside a value, at any depth. */
function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  const record = recordAt(value);
  if (record === null) return [];
  const own = textAt(record, 'secret');
  return own === null ? Object.values(record).flatMap(referencesIn) : [own];
}
