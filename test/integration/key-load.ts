import { bindKeyring, loadKeyring, newId } from '#platform';
import { openStore } from '#store';
import { court, debtor, instant, newCase, quietLog } from './store-place.ts';
import { newSigner } from './test-signer.ts';

/**
 * A process that writes and reads people all the time: `key-load.ts <database> <keyring file>`. It ends when its input
 * does, and then says how many it wrote and how many did not come back as they were.
 */
const [databaseUrl = '', file = ''] = process.argv.slice(2);
const read = async () => {
  const loaded = await loadKeyring(file);
  if (!loaded.ok) throw new Error('no keys');
  return loaded.values;
};
const store = await openStore({
  databaseUrl,
  keyring: bindKeyring(await read(), { reread: read, turnover: { readEveryMs: 200 } }),
  clock: () => new Date(),
  toInstant: instant,
  newId,
  signer: newSigner(),
  log: quietLog,
});
const { caseId } = await store.cases.create({ ...newCase, courtCode: court });
let going = true;
process.stdin.on('end', () => (going = false)).resume();
process.stdout.write('going\n');
const written: { debtorId: string; name: string }[] = [];
let wrong = 0;
for (let turn = 0; going; turn += 1) {
  const name = `王${turn}`;
  const made = await store.debtors.create({ caseId, rows: 'inside', debtor: { ...debtor, name }, warnings: [] });
  if (made) written.push({ debtorId: made.debtorId, name });
  const some = written[(turn * 7) % written.length];
  const back = some && (await store.debtors.get(some.debtorId, 'inside'));
  if (!back || back.debtor.name !== some.name) wrong += 1;
}
for (const { debtorId, name } of written) {
  if ((await store.debtors.get(debtorId, 'inside'))?.debtor.name !== name) wrong += 1;
}
await store.close();
process.stdout.write(`${JSON.stringify({ written: written.length, wrong })}\n`);
