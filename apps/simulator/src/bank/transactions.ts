import { drawsFor } from '../random.ts';
import type { Account } from '../world/accounts.ts';
import { centsBetween, written } from '../world/cents.ts';
import { thirdPartyName } from '../world/person.ts';
import type { BankTask } from './feedback.ts';
import { wireElement } from './wire-w.ts';

const dayMs = 86_400_000;
const atMostDays = 3_660;

const dayOf = (text: string): number | null => {
  const digits = text.replace(/\D/g, '').slice(0, 8);
  if (digits.length !== 8) return null;
  const at = Date.UTC(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)) - 1, Number(digits.slice(6)));
  return Number.isNaN(at) ? null : at;
};

/** Whether the court wants transactions: both ends of the window are filled (bank-zdz.md §4). */
export const wantsTransactions = (task: BankTask): boolean =>
  task.transactionsFrom !== '' && task.transactionsTo !== '';

/** The transactions of an account inside the window (wlxxList, bank-zdz.md §5.6): up to four, the same at every asking. */
export function transactionList(task: BankTask, account: Account): string {
  const from = dayOf(task.transactionsFrom);
  const to = dayOf(task.transactionsTo);
  if (from === null || to === null || to < from) return '<wlxxList/>';
  const draws = drawsFor('transactions', account.number, task.transactionsFrom, task.transactionsTo);
  const days = Math.min(atMostDays, Math.round((to - from) / dayMs) + 1);
  const rows = Array.from({ length: draws.below(5) }, (_, place) => {
    const day = new Date(from + draws.below(days) * dayMs).toISOString().slice(0, 10).replaceAll('-', '/');
    const clock = `${String(8 + draws.below(10)).padStart(2, '0')}:${draws.below(5) + 1}${draws.below(10)}:0${draws.below(10)}`;
    return wireElement('wlxx', {
      WLXH: String(place + 1),
      JYZL: '转账',
      ZJLX: draws.pick(['转入', '转出', '取出']),
      BZ: '156',
      JE: written(centsBetween(draws, 10, 20_000)),
      JYSJ: `${day} ${clock}`,
      JYLSH: `T${draws.digits(10)}`,
      ZCKZXM: thirdPartyName('transaction', account.number, place),
      ZCKZH: `629999${draws.digits(16)}`,
      ZCKZHKHH: '示例银行',
      JYDSYHHH: '',
      JYDSZJLX: '',
      JYDSZJHM: '',
      JYDSTXDZ: '',
      JYDSYZBM: '',
      JYDSLXDH: '',
      BEIZ: '',
    });
  });
  return `<wlxxList>${rows.join('')}</wlxxList>`;
}
