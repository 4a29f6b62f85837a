import {
  decodeUrlText,
  encodeUrlText,
  found,
  matchDebtor,
  money,
  noAnswer,
  nothing,
  parseJson,
  readCurrency,
  readDecimal,
  readWhen,
  section,
  understand,
  understandEach,
} from '#adapter-kit';
import { maskAccount, type Adapter, type Debtor, type FoundAsset, type Match, type Said } from '#contracts';
import { z } from 'zod';

const settings = z.strictObject({ court: z.string().min(1) });

const account = z.object({ number: z.string().regex(/^\d+$/), currency: z.string(), balance: z.string().nullable() });
const reply = z.object({
  code: z.literal('OK'),
  holder: z.object({ name: z.string(), idNumber: z.string() }),
  asOf: z.string().nullable(),
  total: z.string().regex(/^\d+$/), // accounts held; the list stops at 100
  accounts: z.array(z.unknown()),
});

/** A made-up hub that banks are asked through; names are URL-encoded GBK. It is here to try the kit, not as a template. */
export const sampleHub: Adapter<typeof settings> = {
  manifest: {
    id: 'sample-hub',
    version: '1.0.0',
    modes: ['call'],
    categories: ['bank'],
    debtorKinds: ['natural', 'legal'],
    matchRule: { natural: 'name-and-id', organisation: 'name-and-id' },
    keysSent: { natural: ['name', 'id18'], organisation: ['name', 'uscc'] },
    assetKinds: ['deposit-account'],
    sections: ['accounts'],
    delivers: [
      'deposit-account.asOf',
      'deposit-account.asOfKind',
      'deposit-account.balance',
      'deposit-account.currency',
    ],
    legalPrerequisites: [],
  },
  settings,
  open: ({ settings: { court } }) => ({
    async ask({ debtor }, { agency, requestNumber, http }, signal) {
      const body = JSON.stringify({
        court,
        requestNumber,
        name: encodeUrlText(debtor.name, 'gbk'),
        idNumber: debtor.ids[0].number,
      });
      const { body: bytes } = await http.send(`/banks/${agency.code}`, { body, signal });
      return toSaid(understand(reply, parseJson(bytes)), debtor);
    },
  }),
};

function toSaid({ holder, asOf, total, accounts }: z.infer<typeof reply>, debtor: Debtor): Said {
  const match = matchDebtor(debtor, { name: decodeUrlText(holder.name, 'gbk'), idNumber: holder.idNumber });
  if (match === 'other-person') return noAnswer('identity-mismatch');
  const dated = { asOf: readWhen(asOf, 'asOf').value, asOfKind: asOf === null ? null : ('reply-time' as const) };
  if (total === '0' && accounts.length === 0) {
    return nothing({ signal: 'total 0', sections: [section('accounts', 'nothing')], ...dated });
  }
  const { read, unreadable } = understandEach(account, accounts);
  if (read.length === 0) return noAnswer(accounts.length === 0 ? 'incomplete' : 'unintelligible');
  return found({
    assets: read.map((row) => toAsset(row, { match, ...dated })),
    sections: [section('accounts', 'found')],
    dropped: { unreadable },
    complete: String(read.length) === total,
    ...dated,
  });
}

function toAsset(
  { number, currency, balance }: z.infer<typeof account>,
  given: { readonly match: Match } & Pick<FoundAsset, 'asOf' | 'asOfKind'>,
): FoundAsset {
  const amount = readDecimal(balance, 'balance');
  const unit = readCurrency(currency, 'currency', null);
  return {
    ...unknownAccount,
    ...given,
    accountNumber: number,
    accountNumberMasked: maskAccount(number),
    currency: unit.value,
    balance: money(amount.value, unit.value),
    warnings: [...amount.warnings, ...unit.warnings],
  };
}

const unknownAccount = {
  kind: 'deposit-account',
  bankName: '示例银行',
  bankCode: 'B001',
  branchName: null,
  branchCode: null,
  cardNumber: null,
  iban: null,
  bic: null,
  accountSequence: null,
  holderName: null,
  accountClass: null,
  status: null,
  openedOn: null,
  closedOn: null,
  availableBalance: null,
  balanceAsOf: null,
  linkedSettlementAccount: null,
  cashOrRemittance: null,
  subAccounts: null,
  holdings: null,
  transactions: null,
  protectedPurpose: null,
  agencyRecordId: null,
  disputed: null,
  encumbrances: null,
  coRights: null,
  remark: null,
} as const;
