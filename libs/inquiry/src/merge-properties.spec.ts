import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reasons, reportBodySchema, type Answer, type FoundAsset } from '#contracts';
import { assetKeyOf } from './asset-key.ts';
import {
  account,
  byNameOnly,
  encumbrance,
  found,
  line,
  mergeInput,
  minute,
  noAnswer,
  nothing,
  notAskedLine,
  realEstate,
  vehicle,
  yuan,
} from './made-up-answers.spec.ts';
import { mergeReport } from './merge.ts';
import type { Answered, FoundAnswer, MergeInput } from './merge-input.ts';

const seed = 20260301; // printed by fast-check with the path of a counterexample
const check = (property: fc.IProperty<[MergeInput]> | fc.IProperty<[MergeInput, Answer[]]>): void =>
  fc.assert(property as fc.IProperty<unknown>, { seed, numRuns: 300 });

// ---- inquiries whose agencies say anything at all; small pools, so that keys and contents often meet ----

const agencies = ['bank.a', 'bank.b', 'land.a', 'vehicle.a'];
const moment = fc.integer({ min: 1, max: 12 }).map(minute);
const person = fc.constantFrom({}, {}, {}, byNameOnly);
const amount = fc.constantFrom('0.00', '5.50', '12500.00').map(yuan);

const encumbrances = fc.option(
  fc.array(
    fc
      .record({
        kind: fc.constantFrom('freeze', 'waiting-freeze', 'mortgage'),
        authority: fc.constantFrom(null, '另一人民法院'),
        registeredAt: fc.option(moment),
        documentNumber: fc.constantFrom(null, '（2026）京9901执1号之一'),
      })
      .map(({ kind, ...rest }) => encumbrance(kind, rest)),
    { maxLength: 3 },
  ),
);
const anyAsset: fc.Arbitrary<FoundAsset> = fc.oneof(
  fc
    .record({
      accountNumber: fc.constantFrom('6299990000000000012', '6299 9900 0000 0000 012', '6299990000000000020'),
      currency: fc.constantFrom('CNY', 'CNY', 'USD', null),
      money: fc.option(amount),
      asOf: fc.option(moment),
      who: person,
      encumbrances,
    })
    .map(({ money, who, ...rest }) => {
      const balance = money === null || rest.currency === null ? null : { ...money, currency: rest.currency };
      return account({ ...rest, ...who, balance, availableBalance: balance });
    }),
  fc
    .record({ certificateNo: fc.constantFrom(null, '第1号', '第2号'), who: person, asOf: fc.option(moment) })
    .map(({ who, ...rest }) => realEstate({ ...rest, ...who })),
  fc
    .record({
      vin: fc.constantFrom(null, 'LTESTA1B7R0000001'),
      plateNumber: fc.constantFrom('京A00000', '京A·00000'),
      who: person,
    })
    .map(({ who, ...rest }) => vehicle({ ...rest, ...who })),
);

const anyEvent = fc.oneof(
  fc.record({
    verdict: fc.constant('found' as const),
    assets: fc.array(anyAsset, { minLength: 1, maxLength: 3 }),
    complete: fc.boolean(),
    part: fc.constantFrom('main' as const, 'main' as const, 'transactions' as const),
  }),
  fc.record({
    verdict: fc.constant('nothing' as const),
    isFailed: fc.constantFrom(false, false, true),
    part: fc.constantFrom('main' as const, 'main' as const, 'transactions' as const),
  }),
  fc.record({ verdict: fc.constant('no-answer' as const), reason: fc.constantFrom(...reasons), retried: fc.boolean() }),
);

const anyAnswer = fc
  .record({
    agencyId: fc.constantFrom(...agencies),
    receivedAt: moment,
    attempt: fc.integer({ min: 0, max: 4 }),
    simulated: fc.constantFrom(false, false, false, true),
    requestNumber: fc.constantFrom('R-1', 'R-1', 'R-2'),
    event: anyEvent,
  })
  .map(({ event, ...stamp }): Answer => {
    if (event.verdict === 'found') return found(stamp, event.assets, { complete: event.complete, part: event.part });
    if (event.verdict === 'no-answer') {
      return noAnswer({ ...stamp, nextAttemptAt: event.retried ? minute(20) : null }, event.reason);
    }
    const sections = event.isFailed ? [{ name: 'accounts', verdict: 'no-answer', reason: 'unavailable' } as const] : [];
    return nothing(stamp, { part: event.part, sections });
  });

const anyInput = fc
  .record({
    answers: fc.array(anyAnswer, { maxLength: 10 }),
    closedAt: fc.constantFrom(null, null, minute(30), minute(700)),
    cancelled: fc.constantFrom(null, null, null, { at: minute(15), by: 'usr_02' }),
    acknowledged: fc.subarray(agencies).map((ids) => new Map(ids.map((id) => [id, minute(3)]))),
  })
  .map(({ answers, ...rest }) =>
    mergeInput({
      ...rest,
      plan: [...agencies.map((agencyId) => line(agencyId)), line('bank.silent'), notAskedLine('bank.left')],
      answers: answers.map((answer, at) => ({ ...answer, answerId: `ans_${String(at).padStart(2, '0')}` })),
    }),
  );

// ---- a second, naive reading of the rules, to compare with ----

const isAnswered = (answer: Answer): answer is Answered => answer.verdict !== 'no-answer';
const byReceipt = (a: Answer, b: Answer): number =>
  a.receivedAt === b.receivedAt ? (a.answerId < b.answerId ? -1 : 1) : a.receivedAt < b.receivedAt ? -1 : 1;

function standing(input: MergeInput, agencyId: string, part: 'main' | 'transactions'): Answered | null {
  const mine = input.answers.filter(isAnswered).filter((each) => each.agencyId === agencyId && each.part === part);
  const firsts = mine.toSorted(byReceipt).filter((each, at, all) => {
    const last = all.slice(0, at).findLast(({ requestNumber }) => requestNumber === each.requestNumber);
    return last?.contentHash !== each.contentHash; // said again at once is no new statement; after another one it is
  });
  return firsts.at(-1) ?? null;
}

const standingFindings = (input: MergeInput): FoundAnswer[] =>
  agencies
    .flatMap((agencyId) => [standing(input, agencyId, 'main'), standing(input, agencyId, 'transactions')])
    .filter((each): each is FoundAnswer => each?.verdict === 'found');

const mentions = (input: MergeInput) =>
  standingFindings(input).flatMap((answer) => answer.assets.map((asset, at) => ({ answer, asset, position: at + 1 })));
const isNameOnly = ({ asset }: { asset: FoundAsset }): boolean => asset.match.confidence === 'name-only';
const idOf = ({ answer, position }: { answer: FoundAnswer; position: number }): string =>
  `ast_${answer.answerId.slice(4)}-${position}`;

describe('every report', () => {
  it('has the shape of the contracts', () => {
    check(fc.property(anyInput, (input) => void reportBodySchema.parse(mergeReport(input))));
  });

  it('is the same to the byte, in whatever order answers and plan come', () => {
    const shuffled = anyInput.chain((input) =>
      fc.tuple(
        fc.constant(input),
        fc.shuffledSubarray([...input.answers], { minLength: input.answers.length }),
        fc.shuffledSubarray([...input.plan], { minLength: input.plan.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([input, answers, plan]) => {
        const [one, other] = [mergeReport(input), mergeReport({ ...input, answers, plan })];
        expect(other).toEqual(one);
        expect(JSON.stringify(other)).toBe(JSON.stringify(one));
      }),
      { seed, numRuns: 300 },
    );
  });

  it('does not change when answers are delivered again', () => {
    const repeated = anyInput.chain((input) => fc.tuple(fc.constant(input), fc.subarray([...input.answers])));
    fc.assert(
      fc.property(repeated, ([input, repeats]) => {
        const redelivered = repeats.filter(isAnswered).map((each) => ({ ...each, answerId: `${each.answerId}-again` })); // before anything else is heard
        const answers = [...repeats, ...redelivered, ...input.answers];
        expect(JSON.stringify(mergeReport({ ...input, answers }))).toBe(JSON.stringify(mergeReport(input)));
      }),
      { seed, numRuns: 300 },
    );
  });

  it('leaves its input alone', () => {
    check(
      fc.property(anyInput, (input) => {
        const before = JSON.stringify(input);
        mergeReport(input);
        expect(JSON.stringify(input)).toBe(before);
      }),
    );
  });

  it('loses no asset of an answer that stands', () => {
    check(
      fc.property(anyInput, (input) => {
        const { assets } = mergeReport(input);
        const keys = new Set(
          assets
            .filter((each) => each.match.reviewState === 'not-needed')
            .map((each) => `${each.kind}|${each.assetKey}`),
        );
        const ids = new Set(assets.map(({ assetId }) => assetId));
        for (const mention of mentions(input)) {
          const key = assetKeyOf(mention.asset);
          const isThere =
            key === null || isNameOnly(mention) ? ids.has(idOf(mention)) : keys.has(`${mention.asset.kind}|${key}`);
          expect(isThere).toBe(true);
        }
      }),
    );
  });

  it('merges only what shares kind and key', () => {
    check(
      fc.property(anyInput, (input) => {
        const { assets } = mergeReport(input);
        const accepted = mentions(input).filter((mention) => !isNameOnly(mention));
        const keyed = new Set(
          accepted
            .map(({ asset }) => [asset.kind, assetKeyOf(asset)])
            .filter(([, key]) => key !== null)
            .map(String),
        );
        const unkeyed = accepted.filter(({ asset }) => assetKeyOf(asset) === null);
        expect(assets.filter(({ match }) => match.confidence !== 'name-only')).toHaveLength(
          keyed.size + unkeyed.length,
        );
        for (const { kind, assetKey, provenance, match } of assets) {
          const named = provenance.mergedFrom.map(({ answerId }) =>
            input.answers.find((each) => each.answerId === answerId),
          );
          const isIn = (answer: Answer | undefined): boolean =>
            (answer?.assets ?? []).some(
              (asset) =>
                asset.kind === kind &&
                assetKeyOf(asset) === assetKey &&
                isNameOnly({ asset }) === (match.confidence === 'name-only'),
            );
          expect(named.every(isIn)).toBe(true);
        }
        expect(new Set(assets.map(({ assetId }) => assetId)).size).toBe(assets.length);
      }),
    );
  });

  it('keeps name-only matches apart: pending, alone, in no count and no total', () => {
    check(
      fc.property(anyInput, (input) => {
        const { assets, summary } = mergeReport(input);
        const candidates = assets.filter(({ match }) => match.confidence === 'name-only');
        expect(candidates).toHaveLength(mentions(input).filter(isNameOnly).length);
        expect(
          candidates.every(
            ({ match, provenance }) => match.reviewState === 'pending' && provenance.mergedFrom.length === 1,
          ),
        ).toBe(true);
        expect(summary.assetsNeedingReview).toBe(candidates.length);
        const counted = Object.values(summary.countsByKind).reduce((sum, count) => sum + count, 0);
        expect(counted).toBe(assets.length - candidates.length);
        for (const { currency, balance } of summary.totalsByCurrency) {
          const cents = assets
            .filter((each) => each.kind === 'deposit-account' && each.match.confidence !== 'name-only')
            .flatMap((each) =>
              each.kind === 'deposit-account' && each.balance?.currency === currency ? [each.balance.amount] : [],
            )
            .reduce((sum, each) => sum + BigInt(each.replace('.', '')), 0n);
          expect(BigInt(balance.replace('.', ''))).toBe(cents);
        }
      }),
    );
  });

  it('says nothing only where an agency said so, wholly, and no part of its answer names anything', () => {
    check(
      fc.property(anyInput, (input) => {
        for (const each of mergeReport(input).coverage.lines.filter(({ verdict }) => verdict === 'nothing')) {
          const said = standing(input, each.agencyId, 'main');
          expect(said?.verdict).toBe('nothing');
          expect(said?.sections.some(({ verdict }) => verdict === 'no-answer')).toBe(false);
          expect(mentions(input).some(({ answer }) => answer.agencyId === each.agencyId)).toBe(false);
        }
      }),
    );
  });

  it('says found where an accepted asset stands, and has a reason for every line without an answer', () => {
    check(
      fc.property(anyInput, (input) => {
        const accepted = new Set(
          mentions(input)
            .filter((each) => !isNameOnly(each))
            .map(({ answer }) => answer.agencyId),
        );
        for (const each of mergeReport(input).coverage.lines) {
          expect(each.verdict === 'found').toBe(accepted.has(each.agencyId));
          expect(each.reason !== null).toBe(each.verdict === 'no-answer');
          expect(each.stage !== null).toBe(each.reason === 'pending');
          expect(each.notAskedCause !== null).toBe(each.verdict === 'not-asked');
          expect(each.assetCount !== null).toBe(each.verdict === 'found' || each.verdict === 'nothing');
        }
      }),
    );
  });

  it('has counts that add up, over all and over the categories', () => {
    check(
      fc.property(anyInput, (input) => {
        const { counts, byCategory, byReason, lines, isFull } = mergeReport(input).coverage;
        expect(counts.asked).toBe(counts.answered + counts.noAnswer);
        expect(counts.answered).toBe(counts.found + counts.nothing);
        expect(counts.asked + counts.notAsked).toBe(lines.length);
        expect(lines).toHaveLength(input.plan.length);
        const sum = (values: (number | undefined)[]): number =>
          values.reduce<number>((total, each) => total + (each ?? 0), 0);
        expect(sum(Object.values(byReason))).toBe(counts.noAnswer);
        expect(sum(Object.values(byCategory).map((each) => each?.asked))).toBe(counts.asked);
        expect(isFull).toBe(counts.noAnswer === 0 && counts.incomplete === 0);
      }),
    );
  });

  it('says 无财产 of the debtor only when coverage establishes absence', () => {
    check(
      fc.property(anyInput, (input) => {
        const { coverage, summary } = mergeReport(input);
        expect(summary.sentence.code === 'nothing-full').toBe(coverage.establishesAbsence);
        expect(summary.sentence.zh.includes('，无财产。')).toBe(coverage.establishesAbsence);
      }),
    );
  });
});
