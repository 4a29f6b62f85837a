import { describe, expect, it } from '@jest/globals';
import type { Asset, FoundAsset } from '#contracts';
import {
  account,
  encumbrance,
  found,
  line,
  mergeInput,
  minute,
  realEstate,
  vehicle,
  yuan,
} from './made-up-answers.spec.ts';
import { mergeReport } from './merge.ts';

interface Naming {
  readonly asOf?: string | null;
  readonly receivedAt?: string;
  readonly priority?: number;
}

/** Each asset in the answer of an agency of its own: ans_0, ans_1 … */
function merged(named: readonly (readonly [FoundAsset, Naming?])[]): Asset[] {
  const plan = named.map(([, naming], at) => line(`bank.a${at}`, { channelPriority: naming?.priority ?? 100 }));
  const answers = named.map(([asset, naming], at) => {
    const stamp = { agencyId: `bank.a${at}`, answerId: `ans_${at}`, receivedAt: naming?.receivedAt ?? minute(5) };
    return found(stamp, [asset], { asOf: naming?.asOf === undefined ? minute(4) : naming.asOf });
  });
  return mergeReport(mergeInput({ plan, answers })).assets;
}
const winner = (named: readonly (readonly [FoundAsset, Naming?])[]): string | undefined =>
  merged(named)[0]?.provenance.answerId;

describe('the order of authority', () => {
  it('prefers the newest date of the data', () => {
    expect(
      winner([
        [account(), { asOf: minute(1) }],
        [account(), { asOf: minute(2) }],
      ]),
    ).toBe('ans_1');
    expect(
      winner([
        [account({ asOf: minute(3) }), { asOf: minute(1) }],
        [account(), { asOf: minute(2) }],
      ]),
    ).toBe('ans_0');
  });

  it('puts undated data last, however late they came', () => {
    expect(
      winner([
        [account(), { asOf: minute(1) }],
        [account(), { asOf: null, receivedAt: minute(50) }],
      ]),
    ).toBe('ans_0');
  });

  it('then prefers the newest receipt, the channel with priority, and the smaller id', () => {
    expect(winner([[account()], [account(), { receivedAt: minute(6) }]])).toBe('ans_1');
    expect(winner([[account()], [account(), { priority: 1 }]])).toBe('ans_1');
    expect(winner([[account()], [account()]])).toBe('ans_0');
  });
});

describe('a merged asset', () => {
  it('names every answer, and takes its id from the first one', () => {
    const [asset, ...others] = merged([
      [account(), { asOf: minute(9), receivedAt: minute(20) }],
      [account(), { asOf: minute(1), receivedAt: minute(10) }],
    ]);
    expect(others).toEqual([]);
    expect(asset).toMatchObject({
      assetId: 'ast_1-1',
      provenance: { answerId: 'ans_0', agencyId: 'bank.a0', receivedAt: minute(20) },
    });
    expect(asset?.provenance.mergedFrom).toEqual([
      { answerId: 'ans_1', agencyId: 'bank.a1', asOf: minute(1), receivedAt: minute(10) },
      { answerId: 'ans_0', agencyId: 'bank.a0', asOf: minute(9), receivedAt: minute(20) },
    ]);
  });

  it('fills what the winner leaves unknown, but keeps its own numbers', () => {
    const [asset] = merged([
      [account({ branchName: null, agencyRecordId: null })],
      [account({ branchName: '示例银行某支行', agencyRecordId: '7', remark: '备注' })],
    ]);
    expect(asset).toMatchObject({ branchName: '示例银行某支行', remark: '备注', provenance: { agencyRecordId: null } });
  });

  it('takes the balance with its currency and date from one answer', () => {
    const [asset] = merged([
      [account({ balance: yuan('5.00'), availableBalance: null, balanceAsOf: null })],
      [account({ balance: yuan('9.00'), availableBalance: yuan('8.00'), balanceAsOf: minute(1) })],
    ]);
    expect(asset).toMatchObject({ balance: yuan('5.00'), availableBalance: null, balanceAsOf: null });
  });

  it('takes the whole balance from the next answer when the winner gives none', () => {
    const [asset] = merged([
      [account({ balance: null, availableBalance: null, balanceAsOf: minute(3) })],
      [account({ balance: yuan('9.00'), availableBalance: null, balanceAsOf: minute(1) })],
    ]);
    expect(asset).toMatchObject({ balance: yuan('9.00'), availableBalance: null, balanceAsOf: minute(1) });
  });

  it('never shows an area in the unit of another answer', () => {
    const [asset] = merged([
      [realEstate({ buildingArea: null, areaUnit: null })],
      [realEstate({ buildingArea: '1.2', areaUnit: '亩' })],
    ]);
    expect(asset).toMatchObject({ buildingArea: '1.2', areaUnit: '亩' });
  });

  it('keeps R7: missing is not zero, and zero is not missing', () => {
    expect(merged([[account({ balance: null })]])[0]).toMatchObject({ balance: null });
    expect(merged([[account({ balance: yuan('0.00') })], [account({ balance: yuan('9.00') })]])[0]).toMatchObject({
      balance: yuan('0.00'),
    });
  });

  it('keeps R6: the date is the agency’s, and stays unknown', () => {
    expect(merged([[account(), { asOf: null }]])[0]?.provenance).toMatchObject({ asOf: null, receivedAt: minute(5) });
    expect(merged([[account({ asOf: '2026-02-01', asOfKind: 'snapshot' })]])[0]?.provenance).toMatchObject({
      asOf: '2026-02-01',
      asOfKind: 'snapshot',
    });
  });

  it('keeps M4: a mark of dispute', () => {
    expect(merged([[account()], [account({ disputed: true })]])[0]).toMatchObject({ disputed: true });
  });
});

describe('conflicts', () => {
  it('list different known values with answer and date, the winner’s first', () => {
    const [asset] = merged([
      [account({ balance: yuan('5.00') }), { asOf: minute(9) }],
      [account({ balance: yuan('9.00') })],
    ]);
    expect(asset?.provenance.conflicts).toEqual([
      {
        path: 'balance',
        values: [
          { value: yuan('5.00'), answerId: 'ans_0', asOf: minute(9) },
          { value: yuan('9.00'), answerId: 'ans_1', asOf: minute(4) },
        ],
      },
    ]);
  });

  it('are none where the values mean the same, or one is unknown', () => {
    const [car] = merged([
      [vehicle({ plateNumber: '京A·00000', physicalControl: 'unknown' })],
      [vehicle({ plateNumber: '京a00000', physicalControl: 'held', brand: '示例' })],
    ]);
    expect(car).toMatchObject({ physicalControl: 'held', provenance: { conflicts: [] } });
    expect(merged([[realEstate()], [realEstate({ buildingArea: '88.1600' })]])[0]?.provenance.conflicts).toEqual([]);
  });

  it('come in the order of their paths', () => {
    const [asset] = merged([
      [account({ openedOn: '2018-05-06', branchName: '甲' })],
      [account({ openedOn: '2018-05-07', branchName: '乙' })],
    ]);
    expect(asset?.provenance.conflicts.map(({ path }) => path)).toEqual(['branchName', 'openedOn']);
  });

  it('compare sub-accounts one by one', () => {
    const sub = {
      ...{ sequence: null, mainAccount: null, class: null, currency: 'CNY', availableBalance: null, remark: null },
      number: '1',
    };
    const [asset] = merged([
      [account({ subAccounts: [{ ...sub, balance: yuan('1.00') }] })],
      [
        account({
          subAccounts: [
            { ...sub, balance: yuan('2.00') },
            { ...sub, number: '2', balance: null },
          ],
        }),
      ],
    ]);
    expect(asset?.provenance.conflicts.map(({ path }) => path)).toEqual([
      'subAccounts[1|CNY].balance',
      'subAccounts[2|CNY]',
    ]);
  });
});

describe('encumbrances of several answers', () => {
  const freeze = encumbrance('freeze', {
    authority: '另一人民法院',
    documentNumber: '（2025）京9902执9号',
    endsOn: '2026-12-31',
  });

  it('are the winner’s; what only another answer names is a conflict', () => {
    const [asset] = merged([[account({ encumbrances: [] })], [account({ encumbrances: [freeze] })]]);
    expect(asset?.encumbrances).toEqual([]);
    expect(asset?.provenance.conflicts).toEqual([
      {
        path: 'encumbrances[freeze|另一人民法院|（2025）京9902执9号|]',
        values: [{ value: freeze, answerId: 'ans_1', asOf: minute(4) }],
      },
    ]);
  });

  it('are the next answer’s when the winner reports none at all', () => {
    const [asset] = merged([[account({ encumbrances: null })], [account({ encumbrances: [freeze] })]]);
    expect(asset?.encumbrances).toEqual([freeze]);
    expect(asset?.provenance.conflicts).toEqual([]);
  });

  it('conflict field by field where both name the entry', () => {
    const [asset] = merged([
      [account({ encumbrances: [freeze] })],
      [account({ encumbrances: [{ ...freeze, endsOn: '2027-01-01' }] })],
    ]);
    expect(asset?.provenance.conflicts.map(({ path }) => path)).toEqual([
      'encumbrances[freeze|另一人民法院|（2025）京9902执9号|].endsOn',
    ]);
  });

  it('get their details from another answer where the winner knows only the kind', () => {
    const detailed = encumbrance('seizure', { authority: '某法院' });
    const [asset] = merged([
      [vehicle({ encumbrances: [encumbrance('seizure')] })],
      [vehicle({ encumbrances: [detailed] })],
    ]);
    expect(asset?.encumbrances).toEqual([detailed]);
  });
});

describe('possible duplicates', () => {
  it('are an account without currency, the same place and area, a plate without a VIN: marked, not merged', () => {
    const assets = merged([
      [account()],
      [account({ currency: null })],
      [realEstate()],
      [realEstate({ unitCode: null, location: '示例区 示例路1号' })],
      [vehicle()],
      [vehicle({ vin: null })],
    ]);
    expect(assets.map(({ provenance }) => provenance.duplicateOf)).toEqual([
      null,
      'ast_0-1',
      null,
      'ast_2-1',
      null,
      'ast_4-1',
    ]);
    expect(assets[1]?.warnings).toEqual([{ code: 'possible-duplicate', path: 'provenance.duplicateOf', raw: null }]);
  });

  it('point to the first of two that both lack a part of the key', () => {
    const assets = merged([[account({ currency: null })], [account({ currency: null })]]);
    expect(assets.map(({ provenance }) => provenance.duplicateOf)).toEqual([null, 'ast_0-1']);
  });

  it('are not seen between two rights that are both named in full', () => {
    const assets = merged([[realEstate()], [realEstate({ certificateNo: '第2号' })]]);
    expect(assets.map(({ provenance }) => provenance.duplicateOf)).toEqual([null, null]);
  });
});

describe('lists of an asset', () => {
  it('have the order of the report', () => {
    const right = {
      ...{ holderIdMasked: null, holderKind: null, share: null, mode: null, holdsCertificate: null, amount: null },
      rightKind: 'co-ownership' as const,
    };
    const [asset] = merged([
      [
        account({
          coRights: [
            { ...right, holderName: '王五', isDebtor: false, sequence: null },
            { ...right, holderName: '李四', isDebtor: false, sequence: 1 },
            { ...right, holderName: '张三', isDebtor: true, sequence: 2 },
          ],
          warnings: [
            { code: 'unit-unknown', path: 'b', raw: null },
            { code: 'date-impossible', path: 'a', raw: '2019-04-45' },
            { code: 'unit-unknown', path: 'b', raw: null },
          ],
        }),
      ],
    ]);
    expect(asset?.coRights?.map(({ holderName }) => holderName)).toEqual(['张三', '李四', '王五']);
    expect(asset?.warnings.map(({ path }) => path)).toEqual(['a', 'b']);
  });
});
