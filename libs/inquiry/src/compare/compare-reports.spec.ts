import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  changesSchema,
  type Answer,
  type FoundAsset,
  type LineTransition,
  type PlannedLine,
  type Report,
  type Verdict,
} from '#contracts';
import {
  account,
  encumbrance,
  found,
  hashOf,
  line,
  mergeInput,
  minute,
  noAnswer,
  nothing,
  notAskedLine,
  realEstate,
  yuan,
} from '../made-up-answers.spec.ts';
import { mergeReport } from '../merge.ts';
import { compareReports } from './compare-reports.ts';

const agencyId = 'bank.a';
const version = (plan: readonly PlannedLine[], answers: readonly Answer[], reportVersion = 1): Report => ({
  ...mergeReport(mergeInput({ plan, answers })),
  reportId: `rep_0${reportVersion}`,
  reportVersion,
  supersedes: null,
  contentHash: hashOf(answers),
  changes: null,
  signature: null,
});

/** One agency that says this. */
const saying = (assets: readonly FoundAsset[], complete = true): Report =>
  version([line(agencyId)], [found({ agencyId }, assets, { complete })]);
const withVerdict = {
  found: saying([account()]),
  nothing: version([line(agencyId)], [nothing({ agencyId })]),
  'no-answer': version([line(agencyId)], [noAnswer({ agencyId }, 'unavailable')]),
  'not-asked': version([notAskedLine(agencyId)], []),
} satisfies Record<Verdict, Report>;
const silent = withVerdict['no-answer'];
const other = account({ accountNumber: '6299990000000000020' });

describe('lines', () => {
  it.each<[Verdict, Verdict, LineTransition | null]>([
    ['found', 'found', 'compare-assets'],
    ['found', 'nothing', 'no-longer-reported'],
    ['found', 'no-answer', 'cannot-tell'],
    ['found', 'not-asked', 'no-longer-asked'],
    ['nothing', 'found', 'new-asset'],
    ['nothing', 'nothing', 'still-nothing'],
    ['nothing', 'no-answer', 'cannot-tell'],
    ['nothing', 'not-asked', 'no-longer-asked'],
    ['no-answer', 'found', 'newly-established'],
    ['no-answer', 'nothing', 'now-confirmed-nothing'],
    ['no-answer', 'no-answer', 'still-no-answer'],
    ['no-answer', 'not-asked', 'no-longer-asked'],
    ['not-asked', 'found', 'found-after-widening'],
    ['not-asked', 'nothing', 'nothing-after-widening'],
    ['not-asked', 'no-answer', 'no-answer-after-widening'],
    ['not-asked', 'not-asked', null],
  ])('from %s to %s: %s', (before, after, transition) => {
    const { lines } = compareReports(withVerdict[before], withVerdict[after]);
    expect(lines.map((each) => each.transition)).toEqual(transition === null ? [] : [transition]);
  });

  it('of an agency in only one plan count as not asked in the other', () => {
    const changes = compareReports(version([], []), withVerdict.found);
    expect(changes.lines).toMatchObject([{ before: 'not-asked', transition: 'found-after-widening' }]);
    expect(changes.scopeChanged).toEqual({ added: [{ agencyId, category: 'bank' }], removed: [] });
  });
});

describe('assets', () => {
  it.each([
    ['new where a whole answer did not name it', withVerdict.nothing, 'new-asset'],
    ['newly established after no answer', silent, 'newly-established'],
    ['newly established after an incomplete answer', saying([other], false), 'newly-established'],
    ['found after widening', withVerdict['not-asked'], 'found-after-widening'],
  ])('are %s', (_, before, transition) => {
    const { added } = compareReports(before, withVerdict.found);
    expect(added).toMatchObject([{ assetId: 'ast_bank-a-1', transition }]);
  });

  it.each([
    ['gone after a whole answer', withVerdict.nothing, 'no-longer-reported'],
    ['undecided after no answer', silent, 'cannot-tell'],
    ['undecided after an incomplete answer', saying([other], false), 'cannot-tell'],
    ['undecided when not asked', withVerdict['not-asked'], 'no-longer-asked'],
  ])('are %s', (_, after, transition) => {
    const { removed, undecided } = compareReports(withVerdict.found, after);
    expect([...removed, ...undecided]).toMatchObject([{ lastValue: yuan('12500.00'), transition }]);
  });

  it('that are gone without a key cannot be told', () => {
    const { removed, undecided } = compareReports(saying([realEstate({ unitCode: null })]), withVerdict.nothing);
    expect([removed.length, undecided]).toMatchObject([0, [{ transition: 'cannot-tell' }]]);
  });

  it('are marked, not joined, when an account may have a new number', () => {
    const bank = {
      openedOn: '2018-05-06',
      accountClass: { code: 'card', label: { zh: '', en: '' }, rawCode: null, rawLabel: null },
    } as const;
    const { added, removed } = compareReports(saying([account(bank)]), saying([{ ...other, ...bank }]));
    expect([added[0]?.possiblyRenumbered, removed[0]?.possiblyRenumbered]).toEqual([
      ['ast_bank-a-1'],
      ['ast_bank-a-1'],
    ]);
    expect(added[0]).toMatchObject({ transition: 'new-asset', warnings: ['older-than-previous-answer'] });
  });

  it('that are gone are a signal, with evidence', () => {
    const { signals } = compareReports(withVerdict.found, withVerdict.nothing);
    expect(signals).toEqual([{ code: 'possible-transfer', evidence: ['ast_bank-a-1'] }]);
    expect(compareReports(withVerdict.found, silent).signals).toEqual([]);
  });
});

describe('fields', () => {
  const fieldsOf = (before: FoundAsset, after: FoundAsset) =>
    compareReports(saying([before]), saying([after])).changed.flatMap(({ fields }) =>
      fields.map(({ path, code, difference }) => [path, code, difference]),
    );
  const freeze = encumbrance('waiting-freeze', { authority: '另一人民法院', rank: 2 });

  it.each([
    ['up', account({ balance: yuan('0.10') }), account({ balance: yuan('0.30') }), ['balance', 'value-up', '0.2']],
    ['down', account({ balance: yuan('9.00') }), account({ balance: yuan('8.50') }), ['balance', 'value-down', '-0.5']],
    ['first given', account({ balance: null }), account(), ['balance', 'value-established', null]],
    ['not given', account(), account({ balance: null }), ['balance', 'value-not-given', null]],
    [
      'another branch',
      account({ branchName: '甲' }),
      account({ branchName: '乙' }),
      ['branchName', 'details-changed', null],
    ],
    [
      'a burden',
      account({ encumbrances: [] }),
      account({ encumbrances: [freeze] }),
      ['encumbrances[freeze|另一人民法院||]', 'encumbrance-added', null],
    ],
    [
      'a burden of a list first given',
      account({ encumbrances: null }),
      account({ encumbrances: [freeze] }),
      ['encumbrances[freeze|另一人民法院||]', 'encumbrance-established', null],
    ],
    [
      'a burden of a list not given',
      account({ encumbrances: [freeze] }),
      account({ encumbrances: null }),
      ['encumbrances[freeze|另一人民法院||]', 'encumbrance-not-given', null],
    ],
    [
      'a waiting freeze in force',
      account({ encumbrances: [freeze] }),
      account({ encumbrances: [{ ...freeze, kind: 'freeze', rank: 0 }] }),
      ['encumbrances[freeze|另一人民法院||].kind', 'took-effect', null],
    ],
  ])('say %s', (...[, before, after, change]) => {
    expect(fieldsOf(before, after)).toEqual([change]);
  });
});

describe('the sentence', () => {
  it.each([
    [withVerdict.nothing, withVerdict.found, '新增财产 1 项。', '1 new.'],
    [silent, withVerdict.found, '新查明 1 项。', '1 newly established.'],
    [
      withVerdict.found,
      silent,
      '已比对部分无变化，1 家无法判断。',
      'no change in what could be compared; 1 agency cannot be compared.',
    ],
    [withVerdict.found, withVerdict.nothing, '不再反馈 1 项。', '1 no longer reported.'],
    [withVerdict.found, withVerdict.found, '无变化。', 'no change.'],
  ])('leaves out parts with 0', (...[before, after, zh, en]) => {
    expect(compareReports(before, after).sentence).toEqual({
      zh: `与 ${before.stateAt.slice(0, 10)} 第 1 版相比：${zh}`,
      en: `Compared with version 1 of ${before.stateAt.slice(0, 10)}: ${en}`,
    });
  });
});

const accounts = [account(), account({ balance: yuan('1.00') }), other, realEstate({ unitCode: null })];
const anyReport = fc
  .array(
    fc.record({
      agency: fc.constantFrom('bank.a', 'bank.b', 'bank.c'),
      verdict: fc.constantFrom<Verdict>('found', 'found', 'nothing', 'no-answer', 'not-asked'),
      assets: fc.subarray(accounts, { minLength: 1 }),
      complete: fc.boolean(),
    }),
    { maxLength: 3 },
  )
  .map((said) => {
    const each = [...new Map(said.map((one) => [one.agency, one])).values()];
    const plan = each.map(({ agency, verdict }) => (verdict === 'not-asked' ? notAskedLine(agency) : line(agency)));
    const answers = each.flatMap(({ agency, verdict, assets, complete }): Answer[] => {
      if (verdict === 'found') return [found({ agencyId: agency }, assets, { complete })];
      if (verdict === 'nothing') return [nothing({ agencyId: agency })];
      return verdict === 'no-answer' ? [noAnswer({ agencyId: agency, receivedAt: minute(9) }, 'unavailable')] : [];
    });
    return version(plan, answers);
  });
const options = { seed: 20260301, numRuns: 300 };

describe('every comparison', () => {
  it('has the shape of the contracts and no change against itself', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const changes = changesSchema.parse(compareReports(report, report));
        const { added, removed, undecided, changed, reviewed, signals } = changes;
        expect([added, removed, undecided, changed, reviewed, signals].flat()).toEqual([]);
      }),
      options,
    );
  });

  it('takes only a whole answer for an appearance or a disappearance', () => {
    fc.assert(
      fc.property(anyReport, anyReport, (before, after) => {
        const { added, removed, lines } = compareReports(before, after);
        const whole = (report: Report, agencies: readonly string[]) =>
          agencies.every((agency) =>
            report.coverage.lines.some(({ agencyId: id, complete }) => id === agency && complete === true),
          );
        const namers = (report: Report, assetId: string) =>
          report.assets
            .filter((asset) => asset.assetId === assetId)
            .flatMap(({ provenance }) => provenance.mergedFrom.map((each) => each.agencyId));
        for (const { lastAssetId } of removed) expect(whole(after, namers(before, lastAssetId))).toBe(true);
        for (const { assetId, transition } of added) {
          if (transition === 'new-asset') expect(whole(before, namers(after, assetId))).toBe(true);
        }
        for (const each of lines) {
          if (each.transition === 'no-longer-reported') expect(whole(after, [each.agencyId])).toBe(true);
          if (each.before === 'no-answer') expect(each.transition).not.toBe('new-asset');
        }
      }),
      options,
    );
  });

  it('is the same the other way round, and in whatever order the lists come', () => {
    fc.assert(
      fc.property(anyReport, anyReport, (before, after) => {
        const [there, back] = [compareReports(before, after), compareReports(after, before)];
        const countOf = (list: readonly { transition: string }[], transition: string) =>
          list.filter((each) => each.transition === transition).length;
        expect(countOf(there.added, 'new-asset')).toBe(back.removed.length);
        expect(countOf(there.added, 'newly-established')).toBe(countOf(back.undecided, 'cannot-tell'));
        expect(countOf(there.added, 'found-after-widening')).toBe(countOf(back.undecided, 'no-longer-asked'));
        const turned = {
          ...after,
          assets: after.assets.toReversed(),
          coverage: { ...after.coverage, lines: after.coverage.lines.toReversed() },
        };
        expect(JSON.stringify(compareReports(before, turned))).toBe(JSON.stringify(there));
      }),
      options,
    );
  });
});
