import { describe, expect, it } from '@jest/globals';
import { nothingDropped, saidSchema, unknownEncumbrance, type CoRight, type FoundAsset, type Said } from '#contracts';
import fc from 'fast-check';
import { minimised } from './minimise.ts';

const found = {
  ...{ agencyRecordId: null, asOf: null, asOfKind: null, disputed: null, warnings: [], remark: null },
  match: { basis: ['name', 'id18'], confidence: 'strong', returnedName: '张三', returnedIdMasked: null },
  ...{ encumbrances: null, coRights: null },
} as const;
type Account = Extract<FoundAsset, { kind: 'deposit-account' }>;
type Estate = Extract<FoundAsset, { kind: 'real-estate' }>;
const account = (own: Partial<Account> = {}): Account =>
  ({
    ...found,
    ...{ kind: 'deposit-account', bankName: '某银行', bankCode: '1', accountNumber: '6299990000000000012' },
    ...{ accountNumberMasked: '6299****0012', branchName: null, branchCode: null, cardNumber: null, iban: null },
    ...{ bic: null, accountSequence: null, holderName: null, accountClass: null, status: null, openedOn: null },
    ...{ closedOn: null, currency: null, balance: null, availableBalance: null, balanceAsOf: null },
    ...{ linkedSettlementAccount: null, cashOrRemittance: null, subAccounts: null, holdings: null },
    ...{ transactions: null, protectedPurpose: null, match: { ...found.match, basis: [...found.match.basis] } },
    ...own,
    warnings: [],
  }) as Account;
const estate = (own: Partial<Estate>): Estate =>
  ({
    ...found,
    ...{ kind: 'real-estate', rightKind: 'house', unitCode: null, unitCodeValid: null, certificateNo: null },
    ...{ certificatePrintNo: null, location: '某市某路1号', areaCode: null, registryOffice: null, buildingArea: null },
    ...{ exclusiveArea: null, sharedArea: null, landArea: null, rightArea: null, areaUnit: null, use: null },
    ...{ nature: null, rightNature: null, structureType: null, floorsTotal: null, completedOn: null, rightFrom: null },
    ...{ rightTo: null, rightStatus: null, registeredAt: null, transactionPrice: null, businessNo: null },
    ...{ mortgagedFlag: null, seizedFlag: null, onlyHomeHint: 'unknown', extra: null },
    match: { ...found.match, basis: [...found.match.basis] },
    ...own,
    warnings: [],
  }) as Estate;
const holder = (own: Partial<CoRight>): CoRight => ({
  ...{ holderName: '李四', holderIdMasked: null, holderKind: null, isDebtor: false, share: null, mode: null },
  ...{ rightKind: 'co-ownership', holdsCertificate: null, amount: null, sequence: null },
  ...own,
});
const saying = (...assets: FoundAsset[]): Said => ({
  ...{ verdict: 'found', identityMatched: true, complete: true, sections: [], asOf: null, asOfKind: null },
  ...{ dropped: nothingDropped, signatureStatus: 'absent', part: 'main', assets },
});
const every = {
  delivers: [
    'coRights',
    'encumbrances',
    'remark',
    'extra',
    'holdings',
    'transactions',
    'protectedPurpose',
    'iban',
    'subAccounts',
  ].flatMap((field) => [`deposit-account.${field}`, `real-estate.${field}`]),
};
const cut = (asset: FoundAsset, manifest = every) => {
  const said = minimised(saying(asset), manifest);
  if (said.verdict !== 'found') throw new Error('another verdict');
  return { asset: said.assets[0] as any, count: said.dropped.minimised };
};

describe('minimising', () => {
  it('drops and counts every field that the manifest does not name, nested ones with it', () => {
    const told = account({ remark: 'x', branchName: '某支行', coRights: [holder({})] });
    expect(cut(told, { delivers: ['deposit-account.remark'] })).toMatchObject({
      asset: { remark: 'x', branchName: null, coRights: null, accountNumber: '6299990000000000012' },
      count: 2,
    });
  });

  it('masks other people and leaves the debtor and organisations alone', () => {
    const coRights = [
      holder({ holderName: '张三', isDebtor: true }),
      holder({ holderName: '李四', holderIdMasked: '320100198510120237', holderKind: 'person' }),
      holder({ holderName: '欧阳某某' }),
      holder({ holderName: '示例银行股份有限公司' }),
      holder({ holderName: '王五', holderKind: 'company' }),
    ];
    const encumbrances = ['赵六', '示例农村信用社'].map((holderName) => ({
      ...{ ...unknownEncumbrance, kind: 'mortgage' as const, holderName },
    }));
    const { asset, count } = cut(estate({ coRights, encumbrances }));
    expect(asset.coRights.map((each: CoRight) => [each.holderName, each.holderIdMasked])).toEqual([
      ['张三', null],
      ['李*', '3201**********0237'],
      ['欧阳*', null],
      ['示例银行股份有限公司', null],
      ['王五', null],
    ]);
    expect(asset.encumbrances.map((each: { holderName: string }) => each.holderName)).toEqual([
      '赵*',
      '示例农村信用社',
    ]);
    expect(count).toBe(4);
  });

  it('keeps two people two when their masked names are the same', () => {
    const { asset } = cut(estate({ coRights: [holder({ holderName: '李四' }), holder({ holderName: '李五' })] }));
    expect(asset.coRights.map((each: CoRight) => each.holderName)).toEqual(['李*', '李*（2）']);
  });

  it('masks beneficiaries, pledgees and counterparties', () => {
    const counterparty = {
      counterpartyName: '李四',
      counterpartyAccountMasked: '6222000011112222',
      counterpartyIdMasked: null,
    };
    const told = account({
      holdings: [{ productName: '理财', beneficiary: '王五', pledgee: '某银行', remark: null } as never],
      transactions: [{ ...counterparty, remark: null } as never],
    });
    expect(cut(told).asset).toMatchObject({
      holdings: [{ beneficiary: '王*', pledgee: '某银行' }],
      transactions: [
        { counterpartyName: '李*', counterpartyAccountMasked: '6222****2222', counterpartyIdMasked: null },
      ],
    });
  });

  it('drops contact data by their code, by their label and by their form', () => {
    const extra = { dh: '13800000000', TXDZ: '某路', zddm: '1101', bz: '联系人李四 13800000001' };
    const remark = '房屋出租，联系电话：010-12345678；住址: 某市某路；其他 a.b@example.com 号6299990000000000012';
    const { asset, count } = cut(estate({ extra, remark }));
    expect(asset.extra).toEqual({ zddm: '1101', bz: '联系人李四 〔略〕' });
    expect(asset.remark).toBe('房屋出租，〔略〕；〔略〕；其他 〔略〕 号6299990000000000012');
    expect(count).toBe(6);
  });

  it('masks the numbers of clients’ money and nothing else of it', () => {
    const told = account({ protectedPurpose: 'client-money', iban: 'DE02120300000000202051' });
    expect(cut(told)).toMatchObject({
      asset: { protectedPurpose: 'client-money', accountNumber: '6299****0012', iban: 'DE02****2051' },
      count: 2,
    });
    expect(cut(account({ protectedPurpose: 'wage' })).asset.accountNumber).toBe('6299990000000000012');
  });

  it('never changes what was found, stays valid, and done twice is done once', () => {
    const names = fc.constantFrom('李四', '欧阳某', '某银行', 'A', '买买提·艾合买提', '李*');
    const texts = fc.option(fc.constantFrom('电话：010-12345678', '无', '13800000000'), { nil: null });
    fc.assert(
      fc.property(
        fc.array(names, { maxLength: 4 }),
        texts,
        fc.subarray(every.delivers),
        (holders, remark, delivers) => {
          const told = estate({ remark, coRights: holders.map((holderName) => holder({ holderName })) });
          const once = minimised(saying(told), { delivers });
          expect(saidSchema.safeParse(once).success).toBe(true);
          expect(once.assets).toHaveLength(1);
          expect(minimised(once, { delivers })).toEqual(once);
        },
      ),
    );
  });

  it('leaves every other answer as it is', () => {
    const said: Said = { ...saying(), verdict: 'nothing', complete: true, signal: 's', assets: [] } as never;
    expect(minimised(said, { delivers: [] })).toBe(said);
  });
});
