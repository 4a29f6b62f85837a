import { maskAccount, maskIdentifier, type Transaction } from '#contracts';
import type { AccountPlace } from './details.ts';
import { directions, kindOfTransaction, typeOfCounterpartyId } from './dialect.ts';
import { fieldsOf, partOf, type Part } from './fields.ts';
import type { Row } from './wire.ts';

/**
 * Transactions (资金往来), bank-zdz.md §5.6: without direction, amount, currency or time a row is unreadable.
 * `keep-filled`: an empty list does not say that there are none, because they are sent apart.
 */
export function transactionsOf(
  account: Row,
  { settings, warnings }: AccountPlace,
  mode: 'keep' | 'keep-filled',
): Part<Transaction> {
  const given = account.lists.get('wlxx');
  const list = mode === 'keep-filled' && given?.rows.length === 0 && given.strays === 0 ? undefined : given;
  return partOf(list, { name: 'transactions', most: 50_000, warnings }, (row, at) => {
    const { text, ...read } = fieldsOf(row, { at, warnings, currencyDefault: settings.currencyDefault });
    const direction = read.word('ZJLX', 'direction', directions);
    const currency = read.currency('currency');
    const amount = read.money('JE', 'amount', currency);
    const when = read.when('JYSJ', 'at');
    if (direction === null || amount === null || when === null) return null;
    return {
      sequence: text('WLXH'),
      kind: read.code('JYZL', 'kind', kindOfTransaction),
      direction,
      currency,
      amount,
      at: when,
      serial: text('JYLSH'),
      counterpartyName: text('ZCKZXM'),
      counterpartyAccountMasked: masked(text('ZCKZH'), maskAccount),
      counterpartyBank: text('ZCKZHKHH'),
      counterpartyBankCode: text('JYDSYHHH'),
      counterpartyIdType: read.code('JYDSZJLX', 'counterpartyIdType', typeOfCounterpartyId),
      counterpartyIdMasked: masked(text('JYDSZJHM'), maskIdentifier),
      remark: text('BEIZ'),
    };
  });
}

const masked = (text: string | null, mask: (number: string) => string): string | null =>
  text === null ? null : mask(text);
