import type { Agency, Debtor, Identifier, Inquiry } from '#contracts';

/** Fixed and synthetic, so that every run is the same: no random data, no real clock, nobody real. */
const citizenId = (number: string, variant15: string): Identifier => ({
  type: 'citizen-id',
  number,
  normalised: number,
  variant15,
  orgCode: null,
  checksum: 'ok',
  country: 'CN',
  issuer: null,
});

const person = (name: string, identifier: Identifier): Debtor => ({
  kind: 'natural',
  name,
  aliases: [],
  formerNames: [],
  role: 'debtor-under-execution',
  ids: [identifier],
  birthDate: null,
  registeredArea: null,
  nationality: 'CN',
});

const zhangSan = person('张三', citizenId('110100199003074112', '110100900307411'));

const debtors = {
  person: zhangSan,
  'other-person': person('李四', citizenId('320100198510120237', '320100851012023')),
  company: {
    ...zhangSan,
    kind: 'legal',
    name: '示例（北京）商贸有限公司',
    ids: [
      {
        type: 'uscc',
        number: '91110000MA00XY018L',
        normalised: '91110000MA00XY018L',
        variant15: null,
        orgCode: 'MA00XY018',
        checksum: 'ok',
        country: 'CN',
        issuer: null,
      },
    ],
  },
  /** A name beyond the BMP, which GBK cannot carry. */
  rare: person('𠮷野', citizenId('440300197809221052', '440300780922105')),
} as const satisfies Record<string, Debtor>;

export type DebtorName = keyof typeof debtors;

/** An inquiry about one of the debtors of the kit. */
export function inquiryAbout(name: DebtorName): Inquiry {
  return {
    inquiryId: `inq_conformance-${name}`,
    correlationId: '00000000-0000-4000-8000-000000000001',
    requestedAt: '2026-11-01T09:00:00+08:00',
    dueAt: '2026-11-01T18:00:00+08:00',
    purpose: 'execution',
    origin: 'officer',
    previousInquiryId: null,
    transactionPeriod: null,
    legal: {
      caseNumber: '（2026）京9901执1号',
      courtCode: '9901',
      courtName: '示例市第一人民法院',
      basis: '（2025）京9901民初1号民事判决书',
      documentName: '协助查询通知书',
      documentNumber: '（2026）京9901执1号之一',
      documentHash: `sha256:${'0'.repeat(64)}`,
      claimAmount: { amount: '10000.00', currency: 'CNY' },
      claimOutstanding: null,
      preservationLimit: null,
    },
    officer: { id: 'usr_officer', name: '承办人甲', phone: '000-00000000', workCardNo: 'GZ0001', dutyCardNo: 'GW0001' },
    approver: null,
    debtor: debtors[name],
  };
}

/** What identifies a debtor and may stand nowhere but in the body of a message. */
export const personalOf = ({ debtor }: Inquiry): readonly string[] => [debtor.name, debtor.ids[0].number];

/** An agency to be tried, from the few fields that a wire looks at. */
export function agencyOf(fields: Pick<Agency, 'agencyId' | 'code' | 'category'> & Partial<Agency>): Agency {
  const { agencyId } = fields;
  return {
    nameZh: agencyId,
    nameEn: agencyId,
    region: null,
    channelId: 'channel.tried',
    typicalMs: null,
    promisedMs: null,
    ...fields,
  };
}

export const now = (): Date => new Date('2026-11-01T01:00:00.000Z');
export const requestNumber = '20261101000000000001';
