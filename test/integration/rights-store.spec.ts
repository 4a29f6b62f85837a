import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CaseFacts, rowScopeOf, sees } from '#access';
import { courtLevels, courtTree, type PersonScope, roleNameSchema, type RoleName } from '#contracts';
import fc from 'fast-check';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { seenPage } from '../../libs/store/src/row-scope.ts';
import { debtor, newCase, startStorePlace, type StorePlace } from './store-place.ts';

let place: StorePlace;
beforeAll(async () => {
  place = await startStorePlace();
}, 120_000);
afterAll(() => place.stop());

interface World {
  /** Each court's parent is one before it; the first is the top. */
  readonly parents: readonly number[];
  readonly strict: readonly boolean[];
  readonly people: readonly { readonly court: number; readonly roles: readonly RoleName[] }[];
  readonly cases: readonly { readonly court: number; readonly officers: readonly number[]; readonly isLeft: boolean }[];
  readonly handOvers: readonly {
    readonly file: number;
    readonly to: number;
    readonly readers: readonly { readonly who: number; readonly payload: boolean }[];
    readonly isOver: boolean;
  }[];
}

const places = fc.nat({ max: 11 });
const world: fc.Arbitrary<World> = fc.record({
  parents: fc.array(places, { minLength: 2, maxLength: 6 }),
  strict: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  people: fc.array(
    fc.record({
      court: places,
      roles: fc.oneof(
        fc.constant<RoleName[]>(['officer']),
        fc.uniqueArray(fc.constantFrom(...roleNameSchema.options), { maxLength: 2 }),
      ),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  cases: fc.array(
    fc.record({ court: places, officers: fc.uniqueArray(places, { maxLength: 2 }), isLeft: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 6,
    },
  ),
  handOvers: fc.array(
    fc.record({
      file: places,
      to: places,
      readers: fc.uniqueArray(fc.record({ who: places, payload: fc.boolean() }), {
        maxLength: 3,
        selector: ({ who }) => who,
      }),
      isOver: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
});

/** Puts a world into the database, under names of its own, and says what is true in it. */
async function build(made: World) {
  const { store, raw } = place;
  const run = randomUUID().slice(0, 8);
  const courtOf = (n: number) => `${run}-${n % (made.parents.length + 1)}`;
  const depths = [0];
  const courts = courtTree([
    { code: courtOf(0), nameZh: '院', nameEn: 'Court', level: 'supreme', parent: null, officersSee: 'court' },
    ...made.parents.map((each, index) => {
      const parent = each % (index + 1);
      const depth = Math.min((depths[parent] ?? 0) + 1, 3);
      depths.push(depth);
      return {
        ...{ code: courtOf(index + 1), nameZh: '院', nameEn: 'Court', parent: courtOf(parent) },
        level: courtLevels[3 - depth] ?? 'basic',
        officersSee: made.strict[index + 1] ? ('assigned' as const) : ('court' as const),
      };
    }),
  ]);
  const userOf = (n: number) => `usr_${run}${n % made.people.length}`;
  const facts = new Map<string, CaseFacts>();
  const inquiries = new Map<string, string>();
  for (const { court, officers, isLeft } of made.cases) {
    const { caseId } = await store.cases.create({
      ...newCase,
      courtCode: courtOf(court),
      createdBy: userOf(officers[0] ?? 0),
    });
    const userIds = [...new Set(officers.map(userOf))];
    await store.transaction(async (tx) => {
      for (const userId of userIds)
        await store.assignments.assign(tx, { caseId, userId, by: userId, at: new Date(), reason: 'x' });
    });
    const creator = userOf(officers[0] ?? 0); // leaves the case again in some worlds
    const ended = { caseId, userId: creator, by: creator, at: new Date(), reason: 'x', mayLeaveNobody: true };
    if (isLeft) await store.transaction((tx) => store.assignments.end(tx, ended));
    const now = [...new Set([creator, ...userIds])].filter((userId) => !isLeft || userId !== creator);
    facts.set(caseId, { courtCode: courtOf(court), officers: now, readers: [], payloadReaders: [] });
    const debtorId = (await store.debtors.create({ caseId, rows: 'inside', debtor, warnings: [] }))?.debtorId ?? '';
    const inquiryId = `inq_${caseId.slice(5)}`;
    await raw.query(
      `INSERT INTO inquiries (inquiry_id, case_id, debtor_id, court_code, purpose, requested_by, requested_at, due_at, close_at,
        document_index, body, unasked, asked_count, unasked_count)
       VALUES ($1, $2, $3, 'wrong', 'execution', 'x', now(), now(), now(), 'x', '', '', 0, 0)`,
      [inquiryId, caseId, debtorId],
    );
    inquiries.set(inquiryId, caseId);
  }
  const { fileId } = await store.files.create({
    ...{ fileName: 'x.pdf', fileType: 'pdf', bytes: Buffer.from('x'), createdBy: 'usr_x', courtCode: 'x' },
  });
  for (const { file, to, readers, isOver } of made.handOvers) {
    const caseId = [...facts.keys()][file % facts.size] ?? '';
    const before = facts.get(caseId);
    if (!before || before.courtCode === courtOf(to)) continue;
    const who = [...new Map(readers.map((each) => [userOf(each.who), each.payload]))];
    const atHome = made.people.flatMap((each, n) => (courtOf(each.court) === courtOf(to) ? [userOf(n)] : []));
    await store.transaction((tx) =>
      store.handOvers.make(tx, {
        ...{ caseId, fileId, kind: 'crossed', orderedBy: 'x', documentNumber: 'x', reason: 'x', by: 'usr_x' },
        ...{ fromCourtCode: before.courtCode, toCourtCode: courtOf(to), toCourtName: '院', atHome },
        ...{
          at: new Date(),
          readableUntil: new Date(Date.now() + (isOver ? -1 : 3_600_000)),
          assigned: before.officers,
        },
        readers: who.map(([userId, payload]) => ({ userId, payload })),
      }),
    );
    const stay = (ids: readonly string[]) => ids.filter((id) => !atHome.includes(id));
    const added = isOver ? [] : who;
    facts.set(caseId, {
      courtCode: courtOf(to),
      officers: [],
      readers: [...stay(before.readers), ...added.map(([userId]) => userId)],
      payloadReaders: [
        ...stay(before.payloadReaders),
        ...added.flatMap(([userId, payload]) => (payload ? [userId] : [])),
      ],
    });
  }
  const scopes = made.people.flatMap(({ court, roles }, n) => {
    const rows = rowScopeOf({ userId: userOf(n), courtCode: courtOf(court), roles }, courts);
    return [rows.read, rows.payload, rows.write];
  });
  return { facts, inquiries, scopes };
}

/** All pages of a list, two rows at a time. */
async function pages(read: (after: string | null) => Promise<readonly string[]>): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const page = await read(all.at(-1) ?? null);
    all.push(...page);
    if (page.length < 2) return all;
  }
}

describe('row scope in SQL', () => {
  it('is what the pure rules say, one by one and in lists, whatever the courts, people and cases', async () => {
    const { store } = place;
    let [seen, hidden] = [0, 0];
    await fc.assert(
      fc.asyncProperty(world, async (made) => {
        const { facts, inquiries, scopes } = await build(made);
        for (const rows of scopes) {
          const expected = [...facts]
            .flatMap(([caseId, each]) => (sees(rows, each) ? [caseId] : []))
            .toSorted()
            .toReversed();
          [seen, hidden] = [seen + expected.length, hidden + facts.size - expected.length];
          const cases = await pages(async (after) =>
            (await store.cases.list({ rows, limit: 2, after })).map(({ caseId }) => caseId),
          );
          expect(cases).toEqual(expected);
          const asked = await pages(async (after) =>
            (await store.inquiries.list({ rows, limit: 2, after })).map(({ inquiryId }) => inquiryId),
          );
          expect(asked.map((inquiryId) => inquiries.get(inquiryId))).toEqual(expected);
          for (const caseId of facts.keys())
            expect((await store.cases.get(caseId, rows)) !== null).toBe(expected.includes(caseId));
          for (const [inquiryId, caseId] of inquiries)
            expect((await store.inquiries.head(inquiryId, rows)) !== null).toBe(expected.includes(caseId));
        }
      }),
      { numRuns: 40 },
    );
    expect(Math.min(seen, hidden)).toBeGreaterThan(50); // both kinds were really met
  }, 120_000);

  it('reads a page of a list along indexes, not everything that other courts have', async () => {
    await fill();
    const everywhere = Array.from({ length: 40 }, (_, n) => `big-${n}`);
    const scopes: [string, PersonScope][] = [
      ['own court', { userId: 'usr_big', courtCodes: ['big-5'], assignedIn: [], handedOver: 'asking' }],
      ['assigned', { userId: 'usr_big', courtCodes: [], assignedIn: ['big-5'], handedOver: 'payload' }],
      ['forty courts', { userId: 'usr_big', courtCodes: everywhere, assignedIn: [] }],
    ];
    for (const [name, rows] of scopes)
      for (const [table, key] of [
        ['cases', 'case_id'],
        ['inquiries', 'inquiry_id'],
      ] as const) {
        const { read, ms } = await readBy(rows, { table, key, after: null, limit: 51 });
        expect(read).toBeGreaterThan(50);
        expect([name, table, read < 51 * everywhere.length * 3, ms < 500]).toEqual([name, table, true, true]);
        if (name !== 'forty courts') expect([name, table, read <= 2_000]).toEqual([name, table, true]);
      }
  }, 60_000);
});

const many = 20_000;

/** Cases of forty courts with an inquiry each, most of them of one court; five hundred are assigned to one person. */
async function fill(): Promise<void> {
  const { raw } = place;
  const court = `'big-' || CASE WHEN n % 5 = 0 THEN n % 40 ELSE 39 END`;
  await raw.query(`INSERT INTO cases SELECT 'case_big' || lpad(n::text, 8, '0'), ${court}, 'x', 'x', 'x', NULL, NULL, NULL, NULL,
    '[]', 'x', now() FROM generate_series(1, ${many}) AS n`);
  await raw.query(`INSERT INTO debtors SELECT 'deb_big' || right(case_id, 8), case_id, 'x', '', '{x}', now() FROM cases
    WHERE case_id LIKE 'case_big%'`);
  await raw.query(`INSERT INTO inquiries (inquiry_id, case_id, debtor_id, court_code, purpose, requested_by, requested_at, due_at,
      close_at, document_index, body, unasked, asked_count, unasked_count)
    SELECT 'inq_big' || right(case_id, 8), case_id, debtor_id, 'x', 'execution', 'x', now(), now(), now(), 'x', '', '', 0, 0
    FROM debtors WHERE case_id LIKE 'case_big%'`);
  await raw.query(`INSERT INTO case_officers (assignment_id, case_id, user_id, since, assigned_by)
    SELECT 'asg_' || case_id, case_id, 'usr_big', now(), 'x' FROM cases WHERE court_code = 'big-5'`);
  await raw.query('ANALYZE cases, debtors, inquiries, case_officers, case_readers');
}

interface PlanNode {
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** How many rows of tables a page reads, and its time. */
async function readBy(rows: PersonScope, page: Parameters<typeof seenPage>[1]): Promise<{ read: number; ms: number }> {
  const db = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (own) => new PostgresIntrospector(own),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  const { sql, parameters } = seenPage(rows, page).compile(db);
  const { rows: found } = await place.raw.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, [...parameters]);
  const [told] = found[0]['QUERY PLAN'];
  const count = (node: PlanNode): number => {
    const own = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
    return (node['Relation Name'] ? own : 0) + (node.Plans ?? []).reduce((sum, each) => sum + count(each), 0);
  };
  const outcome = { read: count(told.Plan), ms: told['Execution Time'] };
  if (process.env['CHAKONG_SHOW_PLANS'])
    process.stdout.write(`${page.table} ${rows.courtCodes.length} ${JSON.stringify(outcome)}\n`);
  return outcome;
}
