import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verificationViewSchema, type VerificationView } from '#contracts';
import {
  checkRows,
  errorCode,
  inPages,
  keptCheckpoints,
  openPack,
  PackUnreadable,
  readCheckpoints,
  type Settings,
} from '#platform';
import { openLedgerReader } from '#store';
import type { ApiClient } from '../api-client.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';

export interface AuditOptions {
  readonly from: number;
  readonly to: number | null;
  /** A public key (PEM), or several in one file. */
  readonly key: string | null;
  /** A folder or file with checkpoints that were kept outside. */
  readonly checkpoints: string | null;
  readonly report: string | null;
  readonly json: boolean;
}

const pemBlock = /-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----/g;
const pageRows = 5_000;

/** Checks a pack, or a file of rows, without asking anybody. */
export async function verifyFile(output: Output, file: string, options: AuditOptions): Promise<number> {
  const pack = await reading(file, () => openPack(file));
  const own = await keysOf(options.key);
  const keys = own ?? pack.publicKeys;
  if (own === null && keys.length > 0)
    output.progress('  the key of the pack itself is used: name the one that you trust with --key');
  const signed = await readCheckpoints([...pack.checkpoints, ...(await outside(options))], keys);
  const from = Math.max(options.from, pack.about?.from ?? 1);
  const isWhole = options.to === null && pack.about !== null && pack.about.to === pack.about.head.seq;
  const to = options.to ?? (isWhole ? null : (pack.about?.to ?? null));
  const checked = checkRows({
    ...{ rows: between(pack.rows, from, to), from, to, checkpoints: signed.checkpoints },
    head: isWhole ? (pack.about?.head ?? null) : null,
  });
  const verdict = await reading(file, () => checked);
  return tell(output, { ...verdict, forgedCheckpoints: signed.forged }, options);
}

/** Checks the ledger at the database of the settings. */
export async function verifyDatabase(output: Output, settings: Settings, options: AuditOptions): Promise<number> {
  const { databaseUrl, auditCheckpointsDir, dataDir } = settings;
  if (databaseUrl === null)
    throw new CliError('no-database', 'There is no DATABASE_URL to look at.', {
      exitCode: exitCodes.usage,
      fix: 'Set DATABASE_URL, or ask the running gateway: chakong audit verify',
    });
  const silent = { info() {}, warn() {}, error() {} };
  const reader = openLedgerReader(databaseUrl, silent);
  try {
    const head = await reader.head();
    const folder = auditCheckpointsDir ?? join(dataDir, 'audit-checkpoints');
    const texts = [...(await reader.checkpoints()), ...(await keptCheckpoints(folder)), ...(await outside(options))];
    const keys = await keysOf(options.key);
    if (keys === null) output.progress('  no --key is named: checkpoints are not looked at');
    const signed = keys === null ? { checkpoints: [], forged: 0 } : await readCheckpoints(texts, keys);
    const isWhole = options.to === null || options.to >= head.lastSeq;
    const end = isWhole ? head.lastSeq : options.to;
    const rows = inPages((next) => reader.rows({ from: next, to: end, limit: pageRows }), options.from);
    const ends = isWhole ? { to: null, head } : { to: end, head: null };
    const verdict = await checkRows({ rows, from: options.from, ...ends, checkpoints: signed.checkpoints });
    return await tell(output, { ...verdict, forgedCheckpoints: signed.forged }, options);
  } finally {
    await reader.close();
  }
}

/** Asks the running gateway, which knows its keys and the folder of its checkpoints. */
export async function verifyGateway(output: Output, api: ApiClient, options: AuditOptions): Promise<number> {
  const { from, to } = options;
  const verdict = await api.post('/audit-events/verification', { from, to }, verificationViewSchema);
  return tell(output, verdict, options);
}

async function* between<Row extends { readonly seq: number }>(
  rows: AsyncIterable<Row>,
  from: number,
  to: number | null,
) {
  for await (const row of rows) {
    if (to !== null && row.seq > to) return;
    if (row.seq >= from) yield row;
  }
}

/** Null: none was named. */
async function keysOf(file: string | null): Promise<readonly string[] | null> {
  if (file === null) return null;
  const keys = (await reading(file, () => readFile(file, 'utf8'))).match(pemBlock) ?? [];
  if (keys.length > 0) return keys;
  throw new CliError('no-key', `${file} holds no public key.`, {
    exitCode: exitCodes.usage,
    fix: 'Name a PEM file that begins with -----BEGIN PUBLIC KEY-----',
  });
}

const outside = async ({ checkpoints }: AuditOptions): Promise<readonly string[]> =>
  checkpoints === null ? [] : keptCheckpoints(checkpoints);

async function reading<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PackUnreadable)
      throw new CliError('pack-unreadable', `${file}: ${error.message}`, {
        exitCode: exitCodes.checkFailed,
        fix: 'Fetch the pack again; if it stays unreadable, it was changed.',
      });
    if (!['ENOENT', 'EACCES', 'EISDIR'].includes(errorCode(error))) throw error;
    throw new CliError('no-file', `${file} cannot be read (${errorCode(error)}).`, {
      exitCode: exitCodes.usage,
      fix: 'Look at the path and at its permissions.',
    });
  }
}

async function tell(output: Output, verdict: VerificationView, { json, report }: AuditOptions): Promise<number> {
  const document = JSON.stringify(verdict, null, 2);
  if (report !== null) await writeFile(report, `${document}\n`, { mode: 0o600 });
  if (json) output.result(document);
  else for (const line of wordsOf(verdict)) output.result(line);
  const isSound = verdict.outcome === 'intact' && verdict.forgedCheckpoints === 0;
  return isSound ? exitCodes.done : exitCodes.checkFailed;
}

function wordsOf(verdict: VerificationView): readonly string[] {
  const { outcome, rows, first, last, withheld, checkpoints, forgedCheckpoints, firstBroken } = verdict;
  const forged =
    forgedCheckpoints === 0 ? [] : [`  ${forgedCheckpoints} checkpoints are signed by no key that is trusted`];
  const unproved =
    checkpoints === 0 ? ['  no checkpoint was compared: a chain written anew as a whole would look the same'] : [];
  const hidden =
    withheld === 0 ? [] : [`  ${withheld} rows were withheld: their links hold, their contents were not shown`];
  if (outcome === 'intact' || firstBroken === null) {
    return [
      `intact: ${rows} rows, ${first ?? '-'} to ${last ?? '-'}, ${checkpoints} checkpoints`,
      ...hidden,
      ...unproved,
      ...forged,
    ];
  }
  const { seq, kind, expected, found, soundUpTo } = firstBroken;
  return [
    `BROKEN at row ${seq}: ${kind}`,
    `  expected ${expected ?? 'nothing'}`,
    `  found    ${found ?? 'nothing'}`,
    `  everything up to row ${soundUpTo} is proved by a checkpoint; rows before ${seq} hold together`,
    ...forged,
  ];
}
