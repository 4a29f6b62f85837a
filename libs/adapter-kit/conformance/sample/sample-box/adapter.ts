import {
  attribute,
  childrenNamed,
  decodeText,
  element,
  encodeText,
  found,
  matchDebtor,
  money,
  noAnswer,
  nothing,
  parseXml,
  readCurrency,
  readDecimal,
  section,
  unencodable,
  writeXml,
  type XmlElement,
} from '#adapter-kit';
import {
  maskAccount,
  NoAnswer,
  type Adapter,
  type Agency,
  type Debtor,
  type DoorReply,
  type DoorRequest,
  type FoundAsset,
  type Mailbox,
  type Match,
  type Said,
} from '#contracts';
import { z } from 'zod';

const settings = z.strictObject({ door: z.string().startsWith('/') });
const most = 100;

/** A made-up mailbox in GBK: agencies fetch tasks and feed back. It is here to try the kit, not as a template. */
export const sampleBox: Adapter<typeof settings> = {
  manifest: {
    id: 'sample-box',
    version: '1.0.0',
    modes: ['mailbox'],
    categories: ['bank'],
    debtorKinds: ['natural', 'legal'],
    matchRule: { natural: 'name-and-id', organisation: 'name-and-id' },
    keysSent: { natural: ['name', 'id18'], organisation: ['name', 'uscc'] },
    assetKinds: ['deposit-account'],
    sections: ['accounts'],
    delivers: ['deposit-account.balance', 'deposit-account.currency'],
    legalPrerequisites: [],
  },
  settings,
  open: ({ settings: { door }, agencies, secret }) => ({
    doorPaths: [door],
    unsendable: ({ debtor }) =>
      unencodable(debtor.name, 'gbk') === null ? null : noAnswer('identity-mismatch', { reasonCode: 'lossy-encoding' }),
    async receive(request, mailbox, signal) {
      const agency = [...agencies.values()].find(({ code }) => request.headers['login'] === `${code}:${secret(code)}`);
      if (!agency) return reply(401, element('result', { text: 'fail: log in' }));
      if (request.headers['operation'] === 'fetch') return handOut(agency, mailbox, signal);
      return takeIn(request, { agency, mailbox, signal });
    },
  }),
};

async function handOut({ agencyId }: Agency, mailbox: Mailbox, signal: AbortSignal): Promise<DoorReply> {
  const tasks = await mailbox.handOut(agencyId, most, signal);
  const sendable = tasks.filter(({ inquiry }) => unencodable(inquiry.debtor.name, 'gbk') === null);
  const children = sendable.map(({ requestNumber, inquiry: { debtor } }) =>
    element('task', { attributes: { number: requestNumber, name: debtor.name, idNumber: debtor.ids[0].number } }),
  );
  return reply(200, element('tasks', { children }));
}

interface Called {
  readonly agency: Agency;
  readonly mailbox: Mailbox;
  readonly signal: AbortSignal;
}

async function takeIn(request: DoorRequest, { agency: { agencyId }, mailbox, signal }: Called): Promise<DoorReply> {
  try {
    const [answer, ...more] = childrenNamed(parseXml(decodeText(request.body, 'gbk')), 'answer');
    const requestNumber = answer && attribute(answer, 'number');
    if (!answer || !requestNumber || more.length > 0) throw new NoAnswer('unintelligible', 'answers.answer.number');
    const task = await mailbox.find(agencyId, requestNumber, signal);
    if (!task) throw new NoAnswer('unintelligible', 'answers.answer.number: unknown');
    const outcome = await mailbox.feedBack(
      agencyId,
      { requestNumber, said: toSaid(answer, task.inquiry.debtor) },
      signal,
    );
    return reply(200, element('result', { text: outcome === 'accepted' ? 'success' : 'already fed back' }));
  } catch (error) {
    if (!(error instanceof NoAnswer) || error.reason === 'cancelled') throw error;
    await mailbox.quarantine(agencyId, [error.message], signal);
    return reply(200, element('result', { text: 'fail' }));
  }
}

function toSaid(answer: XmlElement, debtor: Debtor): Said {
  const match = matchDebtor(debtor, { name: attribute(answer, 'name'), idNumber: attribute(answer, 'idNumber') });
  if (match === 'other-person') return noAnswer('identity-mismatch');
  const rows = childrenNamed(answer, 'account').map((row) => ({ row, number: attribute(row, 'number') }));
  const [first] = rows;
  if (!first) return noAnswer('unintelligible');
  if (first.number === '查询异常') return noAnswer('unavailable', { reasonText: first.number });
  if (rows.length === 1 && first.number === '查无开户信息') {
    return match.confidence === 'strong'
      ? nothing({ signal: first.number, sections: [section('accounts', 'nothing')] })
      : noAnswer('ambiguous');
  }
  const assets = rows.flatMap(({ row, number }) =>
    number && /^\d+$/.test(number) ? [toAsset(row, { number, match })] : [],
  );
  if (assets.length === 0) return noAnswer('unintelligible');
  return found({
    assets,
    sections: [section('accounts', 'found')],
    dropped: { unreadable: rows.length - assets.length },
  });
}

function toAsset(row: XmlElement, { number, match }: { readonly number: string; readonly match: Match }): FoundAsset {
  const amount = readDecimal(attribute(row, 'balance'), 'balance');
  const currency = readCurrency(attribute(row, 'currency'), 'currency', null);
  return {
    ...unknownAccount,
    accountNumber: number,
    accountNumberMasked: maskAccount(number),
    currency: currency.value,
    balance: money(amount.value, currency.value),
    match,
    warnings: [...amount.warnings, ...currency.warnings],
  };
}

function reply(status: number, root: XmlElement): DoorReply {
  return { status, headers: { 'content-type': 'text/xml; charset=GBK' }, body: encodeText(writeXml(root), 'gbk') };
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
  asOf: null,
  asOfKind: null,
  disputed: null,
  encumbrances: null,
  coRights: null,
  remark: null,
} as const;
