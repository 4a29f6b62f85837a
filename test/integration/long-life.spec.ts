import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { CoverageLine } from '#contracts';
import { mergeReport } from '#inquiry';
import { collectLate } from '../../apps/worker/src/collect-late.ts';
import { mergeInquiry } from '../../apps/worker/src/merge-inquiry.ts';
import { context, type RegisterPlace, type RegisterWorker, startRegisterPlace, type Word } from './register-place.ts';
import { after, agencyOf, ask, start } from './store-place.ts';

jest.setTimeout(120_000);

const agencies = 3;
const grounds = { cause: 'officer', reason: 'as the model wants it' } as const;
let register: RegisterPlace;

beforeAll(async () => {
  register = await startRegisterPlace(agencies);
});
afterAll(() => register.stop());

/** What can happen to an inquiry in any order. `no` is one of its agencies. */
type Step =
  | { readonly kind: 'says'; readonly no: number; readonly word: Word }
  | { readonly kind: 'all-say'; readonly word: Word }
  | { readonly kind: 'look'; readonly dies: boolean }
  | { readonly kind: 'collect-late' }
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'withdraw'; readonly no: number }
  | { readonly kind: 'ask-again'; readonly no: number }
  | { readonly kind: 'merge' };

const no = fc.nat({ max: agencies - 1 });
const word = fc.constantFrom<Word>('wait', 'wait', 'nothing', 'found', 'part', 'part', 'down', 'refuse', 'refuse');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('all-say'), word }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('says'),
      no,
      word,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('look'), dies: fc.nat({ max: 3 }).map((chance) => chance === 0) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('collect-late') }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait'), minutes: fc.constantFrom(1, 5, 59, 1_500) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw'), no }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('ask-again'), no }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('merge') }) },
) as fc.Arbitrary<Step>;

/** One inquiry, and what its agencies have really said so far. */
async function live() {
  await register.clear();
  const asked = await ask(register.store, { agencies, mode: 'ticket' });
  const words: Word[] = Array.from({ length: agencies }, () => 'wait');
  const told = Array.from({ length: agencies }, () => new Set<Word>());
  register.answer = (path) => {
    const at = Number(path.split('/')[1]);
    const word = words[at] ?? 'wait';
    told[at]?.add(word);
    return word;
  };
  return { ...asked, words, told, generation: 1, again: 0, versions: 0, before: [] as CoverageLine[] };
}
type Life = Awaited<ReturnType<typeof live>>;

/** A worker that is killed: what it was about to write is lost, and so is its claim. */
function dying(one: RegisterWorker): RegisterWorker {
  const journal = { write: () => Promise.reject(new Error('killed')), drain: async () => undefined };
  return { ...one, parts: { ...one.parts, journal } as never };
}

async function take(life: Life, each: Step): Promise<void> {
  const { inquiryId } = life;
  const { inquiries } = register.store;
  const by = 'usr_zhao';
  if (each.kind === 'says') life.words[each.no] = each.word;
  else if (each.kind === 'all-say') life.words.fill(each.word);
  else if (each.kind === 'wait') register.now = new Date(register.now.getTime() + each.minutes * 60_000);
  else if (each.kind === 'look') {
    const one = register.worker();
    await (each.dies ? dying(one) : one).look(inquiryId, life.generation).catch(killed);
  } else if (each.kind === 'collect-late') {
    const { parts, hosted } = register.worker();
    await collectLate(parts, hosted, context.signal);
  } else if (each.kind === 'withdraw')
    await inquiries.cancelLines({ inquiryId, agencyIds: [agencyOf(each.no)], by, at: register.now, grounds });
  else if (each.kind === 'ask-again') await askAgain(life, each.no);
  else await mergeInquiry(register.worker().parts, { inquiryId });
}

const killed = (error: Error): void => expect(error.message).toBe('killed');

/** As the gateway does it: only lines without an answer, under a new number. */
async function askAgain(life: Life, at: number): Promise<void> {
  const agencyId = agencyOf(at);
  if (life.before.find((line) => line.agencyId === agencyId)?.verdict !== 'no-answer') return;
  const { inquiryId } = life;
  const requestNumber = `again-${await register.store.inquiries.nextSerials(1)}`;
  const { shards } = await register.store.inquiries.requery({
    ...{ inquiryId, agencyIds: [agencyId], by: 'usr_zhao', at: register.now, grounds },
    requestNumbers: new Map([[agencyId, requestNumber]]),
    closeAt: new Date(register.now.getTime() + 3_600_000),
  });
  life.generation = shards[0]?.generation ?? life.generation;
  life.again += 1;
}

/** What must hold at every moment, whatever has happened. */
async function check(life: Life): Promise<void> {
  const material = await register.store.reports.material(life.inquiryId, 'inside');
  const lines = mergeReport(material!).coverage.lines.filter(({ verdict }) => verdict !== 'not-asked');
  expect(lines.map(({ agencyId }) => agencyId)).toEqual([0, 1, 2].map(agencyOf)); // each exactly once
  for (const [at, line] of lines.entries()) {
    const told = life.told[at]!;
    if (line.verdict === 'nothing') expect(told).toContain('nothing'); // somebody said so
    if (line.verdict === 'found') expect(told.has('found') || told.has('part')).toBe(true);
    const answered = life.before[at] !== undefined && life.before[at].verdict !== 'no-answer';
    if (answered) expect(line.verdict).not.toBe('no-answer'); // an answer is never lost
  }
  life.before = lines;
  const versions = await register.store.reports.list(life.inquiryId);
  expect(versions.length).toBeGreaterThanOrEqual(life.versions); // versions only grow, each on the one before
  expect(versions.map(({ reportVersion }) => reportVersion)).toEqual(
    versions.map((_, index) => versions.length - index),
  );
  life.versions = versions.length;
}

/** Everybody answers in the end: then the report must be the truth, whatever was before. */
async function heal(life: Life): Promise<void> {
  life.words.fill('found');
  for (let round = 0; round < 12; round += 1) {
    const one = register.worker({ maxCollections: 1_000 });
    await one.look(life.inquiryId, life.generation);
    await collectLate(one.parts, one.hosted, context.signal);
    register.now = new Date(register.now.getTime() + 120_000);
  }
  await check(life);
}

describe('the long life of an inquiry', () => {
  it('keeps every answer and makes none up, in whatever order things happen', async () => {
    let lives = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 30, size: 'max' }), async (steps) => {
        const life = await live();
        for (const each of steps) {
          await take(life, each);
          await check(life);
        }
        await heal(life);
        lives += 1;
      }),
      { numRuns: 120, seed: 20_261_123 },
    );
    expect(lives).toBe(120);
  });

  it('comes to an answer from everybody when nobody refuses and nobody withdraws', async () => {
    const gentle = step.filter(
      (each) => each.kind !== 'withdraw' && !('word' in each && ['refuse', 'down'].includes(each.word)),
    );
    const soon = gentle.filter(
      (each) => (each.kind !== 'wait' || each.minutes < 10) && !(each.kind === 'look' && each.dies),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(soon, { minLength: 4, maxLength: 15, size: 'max' }), async (steps) => {
        const life = await live();
        for (const each of steps) await take(life, each);
        register.now = new Date(Math.max(register.now.getTime(), after(0).getTime()));
        await heal(life);
        expect(life.before.every(({ verdict }) => verdict !== 'no-answer')).toBe(true);
        expect(register.heard.filter((path) => path.endsWith('/submit'))).toHaveLength(agencies + life.again);
      }),
      { numRuns: 20, seed: start.getTime() % 1_000 },
    );
  });
});
