import { join } from 'node:path';
import { type BoundKeyring, bindKeyring, type KeyOptions } from './bound-keyring.ts';
import type { Loaded } from './config-problem.ts';
import type { Settings } from './environment.ts';
import { keyCommandService } from './key-command.ts';
import { KeyFault } from './key-fault.ts';
import { generateKeyring, type Keyring, loadKeyring, parseKeyring } from './keyring.ts';

const hourMs = 3_600_000;

/**
 * The keys of this installation: of a file, which is read again while running, of the environment, or of a key command;
 * keys of file and environment beside a command go on unwrapping what they wrapped. Generated where that is allowed.
 */
export async function openKeys(settings: Settings): Promise<Loaded<BoundKeyring>> {
  const { encryptionKeysFile, encryptionKeys, keyCommand, keyCommandTimeoutMs, dataDir, simulatorsAllowed } = settings;
  const options: KeyOptions = {
    algorithm: settings.cipher,
    turnover: { everyMs: settings.dataKeyHours * hourMs, mostSeals: settings.dataKeySeals },
    service: keyCommand ? keyCommandService({ command: keyCommand, timeLimitMs: keyCommandTimeoutMs }) : null,
  };
  if (encryptionKeys !== null) return bound(parseKeyring(encryptionKeys), options);
  const file = encryptionKeysFile ?? join(dataDir, 'keys.json');
  if (encryptionKeysFile === null) {
    if (keyCommand) return { ok: true, values: bindKeyring(null, options) };
    if (simulatorsAllowed) await generateKeyring(file);
  }
  return bound(await loadKeyring(file), { ...options, reread: () => again(file) });
}

const bound = (loaded: Loaded<Keyring>, options: KeyOptions): Loaded<BoundKeyring> =>
  loaded.ok ? { ok: true, values: bindKeyring(loaded.values, options) } : loaded;

async function again(file: string): Promise<Keyring> {
  const loaded = await loadKeyring(file);
  if (loaded.ok) return loaded.values;
  throw new KeyFault('keyring-unreadable');
}
