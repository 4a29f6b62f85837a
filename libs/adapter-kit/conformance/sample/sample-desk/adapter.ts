import { found, matchDebtor, noAnswer, nothing, parseJson, section, understand } from '#adapter-kit';
import { maskAccount, type Adapter, type Asking, type Debtor, type Inquiry, type Ticketed } from '#contracts';
import { z } from 'zod';

const settings = z.strictObject({ court: z.string().min(1) });
const ticketForm = z.strictObject({ file: z.string().min(1).max(60) });
const reply = z.object({
  state: z.enum(['waiting', 'done']),
  file: z.string().min(1).max(60),
  holder: z.object({ name: z.string(), idNumber: z.string() }),
  accounts: z.array(z.string().regex(/^\d{6,30}$/)),
});

/** A made-up desk that takes its time: it gives a file number, and tells accounts once it is done. It is here to try the kit. */
export const sampleDesk: Adapter<typeof settings> = {
  manifest: {
    id: 'sample-desk',
    version: '1.0.0',
    modes: ['ticket'],
    categories: ['bank'],
    debtorKinds: ['natural', 'legal'],
    matchRule: { natural: 'name-and-id', organisation: 'name-and-id' },
    keysSent: { natural: ['name', 'id18'], organisation: ['name', 'uscc'] },
    assetKinds: ['deposit-account'],
    sections: ['accounts'],
    delivers: ['deposit-account.holderName'],
    legalPrerequisites: [],
  },
  settings,
  open: ({ settings: { court } }) => {
    const take = async (inquiry: Inquiry, asking: Asking, given: { file: string | null; signal: AbortSignal }) => {
      const { debtor } = inquiry;
      const { requestNumber, http } = asking;
      const body = JSON.stringify({
        court,
        requestNumber,
        file: given.file,
        name: debtor.name,
        idNumber: debtor.ids[0].number,
      });
      const { body: bytes } = await http.send('/desk', { body, signal: given.signal });
      return toTicketed(understand(reply, parseJson(bytes)), debtor);
    };
    return {
      submit: (inquiry, asking, signal) => take(inquiry, asking, { file: null, signal }),
      async collect(inquiry, asking, signal) {
        const { file } = understand(ticketForm, parseJson(Buffer.from(asking.ticket)));
        return take(inquiry, asking, { file, signal });
      },
    };
  },
};

function toTicketed({ state, file, holder, accounts }: z.infer<typeof reply>, debtor: Debtor): Ticketed {
  if (state === 'waiting') {
    return { said: noAnswer('pending', { stage: 'acknowledged' }), ticket: JSON.stringify({ file }) };
  }
  const match = matchDebtor(debtor, holder);
  if (match === 'other-person') return { said: noAnswer('identity-mismatch'), ticket: null };
  if (accounts.length === 0) {
    return { said: nothing({ signal: 'done-empty', sections: [section('accounts', 'nothing')] }), ticket: null };
  }
  const assets = accounts.map((accountNumber) => ({
    ...unknownAccount,
    accountNumber,
    accountNumberMasked: maskAccount(accountNumber),
    holderName: holder.name,
    match,
    warnings: [],
  }));
  return { said: found({ assets, sections: [section('accounts', 'found')] }), ticket: null };
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
  accountClass: null,
  status: null,
  openedOn: null,
  closedOn: null,
  currency: null,
  balance: null,
  availableBalance: null,
  balanceAsOf: null,
  linkedSettlementAccount: null,
  cashOrRemittance: null,
  subAccounts: null,
  holdings: null,
  transactions: null,
  protectedPurpose: null,
  agencyRecordId: null,
  asOf: null,
  asOfKind: null,
  disputed: null,
  encumbrances: null,
  coRights: null,
  remark: null,
} as const;
