import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  answerSchema,
  foundAssetSchema,
  inquirySchema,
  noAnswerSaid,
  nothingDropped,
  plannedLineSchema,
  unknownEncumbrance,
  type AnswerStamp,
  type Encumbrance,
  type EncumbranceKind,
  type FoundAsset,
  type Inquiry,
  type PlannedLine,
  type Reason,
  type Section,
} from '#contracts';
import type { Answered, FoundAnswer, MergeInput, NoAnswerAnswer, NothingAnswer } from './merge-input.ts';

// Inquiries, plans and answers about synthetic people, for the specs of this folder. Nothing here is random.

export type FoundAccount = Extract<FoundAsset, { kind: 'deposit-account' }>;
export type FoundRealEstate = Extract<FoundAsset, { kind: 'real-estate' }>;
export type FoundVehicle = Extract<FoundAsset, { kind: 'vehicle' }>;

export const hashOf = (value: unknown): string =>
  `sha256:${createHash('sha256').update(JSON.stringify(value)).digest('hex')}`;

/** 10:00 in China, plus some minutes. */
export const minute = (minutes: number): string =>
  `${new Date(Date.UTC(2026, 2, 1, 10, minutes)).toISOString().slice(0, 19)}+08:00`;

export const yuan = (amount: string): { amount: string; currency: string } => ({ amount, currency: 'CNY' });

export const inquiry: Inquiry = {
  inquiryId: 'inq_01',
  correlationId: '6f1f6a3e-6f43-4e29-9d0b-3a5d0a1f7c11',
  requestedAt: minute(0),
  dueAt: minute(600),
  purpose: 'execution',
  origin: 'officer',
  previousInquiryId: null,
  transactionPeriod: null,
  legal: {
    caseNumber: '（2026）京9901执1号',
    courtCode: '990100',
    courtName: '示例市中级人民法院',
    basis: '（2025）京9901民初7号民事判决书',
    documentName: '（2026）京9901执1号协助查询存款通知书',
    documentNumber: 'W20260301000001',
    documentHash: hashOf('notice'),
    claimAmount: yuan('2000000.00'),
    claimOutstanding: yuan('1000000.00'),
    preservationLimit: null,
  },
  officer: { id: 'usr_01', name: '承办人甲', phone: null, workCardNo: 'G001', dutyCardNo: null },
  approver: null,
  debtor: {
    kind: 'natural',
    name: '张三',
    aliases: [],
    formerNames: [],
    role: 'debtor-under-execution',
    ids: [
      {
        type: 'citizen-id',
        number: '110100199003074112',
        normalised: '110100199003074112',
        variant15: '110100900307411',
        orgCode: null,
        checksum: 'ok',
        country: null,
        issuer: null,
      },
    ],
    birthDate: null,
    registeredArea: null,
    nationality: null,
  },
};

export const line = (agencyId: string, changes: Partial<PlannedLine> = {}): PlannedLine => ({
  agencyId,
  agencyName: `机构 ${agencyId}`,
  category: 'bank',
  region: null,
  notAskedCause: null,
  channelId: 'bank-national',
  mode: 'mailbox',
  adapterId: 'bank-zdz',
  adapterVersion: '1.0.0',
  requestNumber: `R-${agencyId}`,
  matchRule: 'name-and-id',
  dueAt: minute(600),
  maxAttempts: 4,
  shardNo: 0,
  channelPriority: 100,
  nothingIsReliable: true,
  matchKeysSent: ['name', 'id18'],
  sections: ['accounts', 'balances', 'encumbrances'],
  typicalMs: null,
  promisedMs: null,
  ...changes,
});

export const notAskedLine = (agencyId: string, changes: Partial<PlannedLine> = {}): PlannedLine => ({
  ...line(agencyId, {
    notAskedCause: 'out-of-scope',
    channelId: null,
    mode: null,
    adapterId: null,
    adapterVersion: null,
    requestNumber: null,
    matchRule: null,
    dueAt: null,
    maxAttempts: null,
    shardNo: null,
    channelPriority: null,
    nothingIsReliable: false,
    matchKeysSent: [],
    sections: [],
  }),
  ...changes,
});

export type StampChanges = Partial<AnswerStamp> & { readonly agencyId: string };

const stamp = (said: unknown, changes: StampChanges): AnswerStamp & { rawHash: string } => ({
  answerId: `ans_${changes.agencyId.replaceAll('.', '-')}`,
  inquiryId: 'inq_01',
  category: 'bank',
  channelId: 'bank-national',
  adapterId: 'bank-zdz',
  adapterVersion: '1.0.0',
  requestNumber: `R-${changes.agencyId}`,
  matchRule: 'name-and-id',
  matchKeysSent: ['name', 'id18'],
  attempt: 1,
  maxAttempts: 4,
  firstSentAt: minute(1),
  sentAt: minute(1),
  receivedAt: minute(5),
  nextAttemptAt: null,
  breakerState: null,
  breakerOpenSince: null,
  simulated: false,
  contentHash: hashOf(said),
  ...changes,
  rawHash: changes.rawHash ?? hashOf(['raw', said]),
});

const heard = { asOf: minute(4), asOfKind: 'reply-time', dropped: nothingDropped, signatureStatus: 'valid' } as const;

export function found(
  changes: StampChanges,
  assets: readonly FoundAsset[],
  said: Partial<Pick<FoundAnswer, 'complete' | 'sections' | 'asOf' | 'part' | 'asOfKind'>> = {},
): FoundAnswer {
  const content = {
    ...({ ...heard, verdict: 'found', identityMatched: true, complete: true, part: 'main' } as const),
    sections: [] as Section[],
    assets: [...assets],
    ...said,
  };
  return { ...content, ...stamp(content, changes) };
}

export function nothing(changes: StampChanges, said: Partial<Pick<Answered, 'sections' | 'part'>> = {}): NothingAnswer {
  const content = {
    ...({ ...heard, verdict: 'nothing', identityMatched: true, complete: true, part: 'main' } as const),
    signal: 'no-account-row',
    sections: [] as Section[],
    assets: [] as [],
    ...said,
  };
  return { ...content, ...stamp(content, changes) };
}

export function noAnswer(
  changes: StampChanges,
  reason: Reason,
  details: Parameters<typeof noAnswerSaid>[1] = {},
): NoAnswerAnswer {
  const said = noAnswerSaid(reason, details);
  return { ...said, ...stamp(said, changes), rawHash: null };
}

const described = {
  agencyRecordId: null,
  asOf: null,
  asOfKind: null,
  match: { basis: ['name', 'id18'], confidence: 'strong', returnedName: '张三', returnedIdMasked: null },
  disputed: null,
  encumbrances: null,
  coRights: null,
  warnings: [],
  remark: null,
} satisfies Partial<FoundAsset>;

export const byNameOnly = {
  match: { basis: ['name'], confidence: 'name-only', returnedName: '张三', returnedIdMasked: null },
} satisfies Partial<FoundAsset>;

export const account = (changes: Partial<FoundAccount> = {}): FoundAccount => ({
  kind: 'deposit-account',
  bankName: '示例银行',
  bankCode: 'C9999900000000001',
  branchName: null,
  branchCode: null,
  accountNumber: '6299990000000000012',
  accountNumberMasked: '6299****0012',
  cardNumber: null,
  iban: null,
  bic: null,
  accountSequence: null,
  holderName: null,
  accountClass: null,
  status: null,
  openedOn: null,
  closedOn: null,
  currency: 'CNY',
  balance: yuan('12500.00'),
  availableBalance: yuan('12500.00'),
  balanceAsOf: null,
  linkedSettlementAccount: null,
  cashOrRemittance: null,
  subAccounts: [],
  holdings: [],
  transactions: null,
  protectedPurpose: null,
  ...described,
  ...changes,
});

export const realEstate = (changes: Partial<FoundRealEstate> = {}): FoundRealEstate => ({
  kind: 'real-estate',
  rightKind: 'house',
  unitCode: '110100001001GB00012F00030008',
  unitCodeValid: true,
  certificateNo: '京（2020）示例不动产权第0000001号',
  certificatePrintNo: null,
  location: '示例区示例路1号',
  areaCode: null,
  registryOffice: null,
  buildingArea: '88.16',
  exclusiveArea: null,
  sharedArea: null,
  landArea: null,
  rightArea: null,
  areaUnit: null,
  use: null,
  nature: null,
  rightNature: null,
  structureType: null,
  floorsTotal: null,
  completedOn: null,
  rightFrom: null,
  rightTo: null,
  rightStatus: 'current',
  registeredAt: null,
  transactionPrice: null,
  businessNo: null,
  mortgagedFlag: null,
  seizedFlag: null,
  onlyHomeHint: 'unknown',
  extra: null,
  ...described,
  ...changes,
});

export const vehicle = (changes: Partial<FoundVehicle> = {}): FoundVehicle => ({
  kind: 'vehicle',
  plateNumber: '京A00000',
  plateClass: { code: 'small', label: { zh: '小型汽车', en: 'Small' }, rawCode: '02', rawLabel: null },
  vin: 'LTESTA1B7R0000001',
  vinCheck: 'ok',
  engineNumber: null,
  engineModel: null,
  brand: null,
  model: null,
  vehicleType: null,
  colour: null,
  energyType: null,
  use: null,
  ownerName: '张三',
  ownerIdMasked: null,
  ownerIdType: null,
  firstRegisteredOn: null,
  issuedBy: null,
  office: null,
  inspectionValidTo: null,
  scrapOn: null,
  insuranceEndsOn: null,
  statusCodes: null,
  mortgaged: null,
  certificateNo: null,
  physicalControl: 'unknown',
  ...described,
  ...changes,
});

export const encumbrance = (kind: EncumbranceKind, changes: Partial<Encumbrance> = {}): Encumbrance => ({
  kind,
  ...unknownEncumbrance,
  ...changes,
});

/** An inquiry of which nobody has been heard yet. */
export const mergeInput = (changes: Partial<MergeInput> = {}): MergeInput => ({
  inquiry,
  plan: [],
  answers: [],
  acknowledged: new Map(),
  sentAt: new Map(),
  closedAt: null,
  cancelled: null,
  reviews: [],
  ...changes,
});

// Other specs import this file for its values; its own test belongs to it alone.
if (expect.getState().testPath === import.meta.filename) {
  describe('made-up answers', () => {
    it('fit the contracts', () => {
      const assets = [account(), realEstate(), vehicle({ encumbrances: [encumbrance('seizure')] })];
      inquirySchema.parse(inquiry);
      for (const each of [line('bank.a'), notAskedLine('bank.b')]) plannedLineSchema.parse(each);
      for (const each of assets) foundAssetSchema.parse(each);
      const agencyId = 'bank.a';
      const answers = [found({ agencyId }, assets), nothing({ agencyId }), noAnswer({ agencyId }, 'timed-out')];
      expect(answers.map((each) => answerSchema.parse(each))).toEqual(answers);
    });
  });
}
