import { newId, secretsOf, systemClock, toInstant } from '#platform';
import { type KeyAct, type KeysStatus, migrate, openStore, readKeysStatus, type Store } from '#store';
import { CliError, exitCodes } from '../exit-codes.ts';
import { type KeyPlace, openKeyPlace } from '../key-place.ts';
import type { Output } from '../output.ts';
import { readKeys, readSigner } from '../settings.ts';
import { type Column, table } from '../table.ts';

interface KeysOptions {
  readonly json: boolean;
  readonly signal: AbortSignal;
}

/** Who did it, for the ledger: whoever may run this where the keys are. */
const act: KeyAct = {
  actor: { userId: null, role: 'system', courtCode: null, via: 'command-line' },
  caseId: null,
  debtorId: null,
  purpose: null,
  reason: null,
  shown: null,
  address: null,
  result: 'done',
};

/** Wraps every data key with the first wrapping key. Exit code 5 when any is left. */
export async function rotateKeys(output: Output, { json, signal }: KeysOptions): Promise<number> {
  const done = await withStore(signal, (store) => store.dataKeys.rotate(act, signal));
  if (json) output.result(JSON.stringify(done, null, 2));
  else {
    output.result(`  ${done.rewrapped} data keys wrapped anew and verified, ${done.unchanged} were already`);
    if (done.takenOver > 0) output.result(`  ${done.takenOver} keys of version-1 rows taken over as data keys`);
    output.result(
      done.left === 0
        ? '  None is left under another wrapping key. Once every process has the new keyring and `keys status` still says so, remove the old key.'
        : `  ${done.left} are still under another wrapping key; run it again.`,
    );
  }
  return done.left === 0 ? exitCodes.done : exitCodes.checkFailed;
}

/** Ends the use of the data key that seals now. */
export async function retireKey(output: Output, { json, signal }: KeysOptions): Promise<number> {
  const retired = await withStore(signal, (store) => store.dataKeys.retire(act, signal));
  if (json) output.result(JSON.stringify({ retired }));
  else
    output.result(`  ${retired} seals for one more minute, then the next key takes over. What it sealed still opens.`);
  return exitCodes.done;
}

/** What is wrapped by what. Needs no key. */
export async function keysStatus(output: Output, { json, signal }: KeysOptions): Promise<number> {
  const place = await openKeyPlace(signal);
  try {
    await migrate(place.databaseUrl, place.log);
    const status = await readKeysStatus(place.databaseUrl, place.log);
    if (json) output.result(JSON.stringify(status, null, 2));
    else for (const line of inWords(status)) output.result(line);
    return exitCodes.done;
  } finally {
    await place.close();
  }
}

async function withStore<T>(signal: AbortSignal, work: (store: Store) => Promise<T>): Promise<T> {
  const place = await openKeyPlace(signal);
  try {
    await migrate(place.databaseUrl, place.log);
    const store = await openKeyStore(place);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } finally {
    await place.close();
  }
}

async function openKeyStore({ databaseUrl, settings, log }: KeyPlace): Promise<Store> {
  return openStore({
    databaseUrl,
    keyring: await readKeys(settings),
    signer: await readSigner(secretsOf(settings)),
    clock: () => systemClock.now(),
    toInstant: (date) => toInstant(date, settings.timeZone),
    newId,
    log,
  }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'wrapping-key-unknown')) throw error;
    throw new CliError('keys', error.message, {
      exitCode: exitCodes.usage,
      fix: 'Put that key back into the keyring, behind the new one; chakong keys status says how many data keys it wraps.',
    });
  });
}

const wrappingColumns: readonly Column<KeysStatus['wrapping'][number]>[] = [
  { title: 'wrapping key', cell: ({ wrappingKeyId }) => wrappingKeyId },
  { title: 'data keys', side: 'right', cell: ({ dataKeys }) => `${dataKeys}` },
];
const rowColumns: readonly Column<KeysStatus['versionOne'][number]>[] = [
  { title: 'version-1 rows', cell: ({ column }) => column },
  { title: 'key', cell: ({ ringKeyId }) => ringKeyId },
  { title: 'rows', side: 'right', cell: ({ rows }) => `${rows}` },
  { title: 'need the keyring', cell: ({ takenOver }) => (takenOver ? 'no' : 'yes: run chakong keys rotate') },
];

function inWords({ wrapping, dataKeys, sealing, versionOne }: KeysStatus): string[] {
  const [oldest] = dataKeys;
  if (!oldest) return ['  No data key yet: the first start of a gateway or worker makes one.'];
  const current = dataKeys.find(({ dataKeyId }) => dataKeyId === sealing);
  return [
    ...table(wrappingColumns, wrapping),
    '',
    `  seals: ${current ? `${current.dataKeyId} (${current.algorithm}), since ${current.activeFrom.toISOString()}, ${current.seals} rows` : 'none'}`,
    `  oldest: ${oldest.dataKeyId}, ${oldest.createdAt.toISOString()}`,
    ...(versionOne.length === 0 ? ['  no version-1 rows'] : ['', ...table(rowColumns, versionOne)]),
  ];
}
