import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../canonical-json.ts';
import { openCheckpointSigner, publicKeyOf, readCheckpoints } from './checkpoints.ts';
import { type LedgerHash, type LedgerRow, ledgerStart, textHash } from './ledger-row.ts';
import { checkLedger, type KnownPlace, type LedgerVerdict } from './verify-ledger.ts';

interface Said {
  readonly action: string;
  readonly algorithm: LedgerHash;
  readonly reason: string | null;
}

function chainOf(events: readonly Said[]): LedgerRow[] {
  const rows: LedgerRow[] = [];
  for (const { action, algorithm, reason } of events) {
    const seq = rows.length + 1;
    const previous = rows.at(-1)?.hash ?? ledgerStart;
    const told = reason === null ? null : { salt: `salt ${seq}`, reason };
    const reasonDigest = told === null ? null : textHash(algorithm, canonicalJson(told));
    const body = canonicalJson({ action, seq, previous, reasonDigest });
    rows.push({ seq, body, previous, hash: textHash(algorithm, body), told });
  }
  return rows;
}

const plain = (length: number): LedgerRow[] =>
  chainOf(Array.from({ length }, (_, index) => ({ action: `a${index}`, algorithm: 'sha256', reason: null })));

interface Around {
  readonly from?: number;
  readonly to?: number | null;
  readonly checkpoints?: readonly KnownPlace[];
  readonly head?: KnownPlace | null;
}
function verdictOf(
  rows: readonly LedgerRow[],
  { from = 1, to = null, checkpoints = [], head = null }: Around = {},
): LedgerVerdict {
  const check = checkLedger({ from, to, checkpoints });
  for (const row of rows) check.take(row);
  return check.end(head);
}

const saidArbitrary = fc.record<Said>({
  action: fc.string(),
  algorithm: fc.constantFrom<LedgerHash>('sha256', 'sm3'),
  reason: fc.option(fc.string()),
});
const chains = fc.array(saidArbitrary, { minLength: 2, maxLength: 12 }).map(chainOf);

/** One thing that is changed in a sound chain; null where it would change nothing. */
type Mutation = (rows: readonly LedgerRow[], place: number) => readonly LedgerRow[] | null;
const changed =
  (change: (row: LedgerRow) => LedgerRow): Mutation =>
  (rows, place) =>
    rows.map((row, index) => (index === place ? change(row) : row));
const mutations: Readonly<Record<string, Mutation>> = {
  body: changed((row) => ({ ...row, body: `${row.body} ` })),
  'one letter': changed((row) => ({ ...row, body: (row.body ?? '').replace('action', 'actioN') })),
  'body and hash': changed((row) => ({ ...row, body: `${row.body} `, hash: textHash('sm3', `${row.body} `) })),
  hash: changed((row) => ({ ...row, hash: textHash('sha256', row.hash) })),
  link: changed((row) => ({ ...row, previous: textHash('sha256', row.previous) })),
  number: changed((row) => ({ ...row, seq: row.seq + 1 })),
  told: (rows, place) =>
    rows[place]?.told
      ? changed((row) => ({ ...row, told: { salt: row.told?.salt ?? '', reason: `${row.told?.reason}.` } }))(
          rows,
          place,
        )
      : null,
  delete: (rows, place) => rows.toSpliced(place, 1),
  twice: (rows, place) => rows.toSpliced(place, 0, ...rows.slice(place, place + 1)),
  swap: (rows, place) =>
    place + 1 < rows.length ? rows.toSpliced(place, 2, ...rows.slice(place, place + 2).toReversed()) : null,
  cut: (rows, place) => rows.slice(0, place),
};

describe('a chain of events', () => {
  it('is intact, whatever it says and whichever hashes it changes between', () => {
    fc.assert(
      fc.property(chains, (rows) => {
        const last = rows.at(-1);
        const reasons = rows.filter(({ told }) => told !== null).length;
        const head = last ? { seq: last.seq, hash: last.hash } : null;
        expect(verdictOf(rows, { head })).toMatchObject({
          outcome: 'intact',
          rows: rows.length,
          reasons,
          firstBroken: null,
        });
      }),
    );
  });

  it('is seen as broken after any single change, at that row or the one after it', () => {
    fc.assert(
      fc.property(chains, fc.nat(), fc.constantFrom(...Object.keys(mutations)), (rows, seed, name) => {
        const place = seed % rows.length;
        const tampered = mutations[name]?.(rows, place) ?? null;
        fc.pre(tampered !== null);
        const last = rows.at(-1);
        const { outcome, firstBroken } = verdictOf(tampered ?? [], {
          head: last ? { seq: last.seq, hash: last.hash } : null,
        });
        expect(outcome).toBe('broken');
        expect([place + 1, place + 2]).toContain(firstBroken?.seq);
      }),
      { numRuns: 500 },
    );
  });

  it('may be read from the middle, and to before its end', () => {
    const rows = plain(10);
    const known = { seq: 4, hash: rows[3]?.hash ?? '' };
    expect(verdictOf(rows.slice(4, 8), { from: 5, to: 8, checkpoints: [known] })).toMatchObject({
      outcome: 'intact',
      first: 5,
      last: 8,
    });
    const other = { seq: 4, hash: ledgerStart };
    expect(verdictOf(rows.slice(4, 8), { from: 5, to: 8, checkpoints: [other] }).firstBroken).toMatchObject({
      seq: 5,
      kind: 'forked',
    });
    expect(verdictOf(rows.slice(4, 7), { from: 5, to: 8 }).firstBroken).toMatchObject({ seq: 8, kind: 'truncated' });
  });

  it('goes on through rows whose content is withheld, and still sees a wrong link', () => {
    const rows = plain(6).map((row) => (row.seq % 2 === 0 ? { ...row, body: null } : row));
    expect(verdictOf(rows)).toMatchObject({ outcome: 'intact', withheld: 3 });
    expect(verdictOf(rows.toSpliced(3, 1)).firstBroken).toMatchObject({ seq: 4, kind: 'deleted' });
    const wrong = rows.map((row) => (row.seq === 4 ? { ...row, hash: ledgerStart } : row));
    expect(verdictOf(wrong).firstBroken).toMatchObject({ seq: 5, kind: 'forked' });
  });

  it('is compared with two checkpoints that disagree about one row', () => {
    const rows = plain(3);
    const right = { seq: 2, hash: rows[1]?.hash ?? '' };
    expect(verdictOf(rows, { checkpoints: [right] })).toMatchObject({ outcome: 'intact', checkpoints: 1 });
    for (const checkpoints of [
      [right, { seq: 2, hash: ledgerStart }],
      [{ seq: 2, hash: ledgerStart }, right],
    ])
      expect(verdictOf(rows, { checkpoints }).firstBroken).toMatchObject({ seq: 2, kind: 'forked', found: right.hash });
  });
});

describe('a checkpoint', () => {
  const pem = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

  it('is taken when a trusted key signed it, and counted as forged otherwise', async () => {
    const [ours, other] = [pem(), pem()];
    const place = { seq: 3, hash: ledgerStart, atMs: 5 };
    const own = await openCheckpointSigner(ours).sign(place);
    const foreign = await openCheckpointSigner(other).sign(place);
    const [head = '', , signature = ''] = own.jws.split('.');
    const moved = [
      head,
      Buffer.from(JSON.stringify({ ...own, jws: undefined, seq: 2 })).toString('base64url'),
      signature,
    ].join('.');
    const read = await readCheckpoints([own.jws, own.jws, foreign.jws, moved, 'nothing'], [publicKeyOf(ours)]);
    expect(read).toEqual({ checkpoints: [own], forged: 3 });
    expect((await readCheckpoints([own.jws, foreign.jws], [publicKeyOf(ours), publicKeyOf(other)])).forged).toBe(0);
  });

  it('is signed by no key of another kind', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    expect(() => openCheckpointSigner(rsa.export({ type: 'pkcs8', format: 'pem' }).toString())).toThrow(TypeError);
  });
});
