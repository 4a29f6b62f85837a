import type { Agency } from '#contracts';
import type { Draws, NonEmpty } from '../random.ts';
import { centsBetween, written } from './cents.ts';
import { withLuhn } from './check-characters.ts';
import { dayBetween } from './dates.ts';
import { thirdPartyName } from './person.ts';

/** An earlier freeze (在先冻结). `holding` is the sequence of the holding it hits, null for the account. */
export interface Freeze {
  readonly sequence: string;
  readonly holding: string | null;
  readonly authority: string;
  readonly documentNumber: string;
  readonly amount: string;
  readonly endsOn: string | null;
}

/** A priority or co-ownership right (优先权、共有权). */
export interface AccountRight {
  readonly sequence: string;
  readonly rightKind: string;
  readonly holderName: string;
  readonly amount: string;
}

export interface SubAccount {
  readonly sequence: string;
  readonly number: string;
  readonly accountClass: string;
  readonly currency: string;
  readonly balance: string;
}

/** A financial product (金融资产). `unitPrice` has four decimals, money two. */
export interface Holding {
  readonly sequence: string;
  readonly productName: string;
  readonly productCode: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly totalValue: string;
  readonly currency: string;
  readonly setUpOn: string;
}

/** A deposit account as the bank's books have it: what is null is missing there. Amounts with two decimals. */
export interface Account {
  readonly number: string;
  readonly accountClass: string;
  readonly status: string;
  readonly branchName: string;
  readonly branchCode: string;
  readonly currency: string | null;
  readonly balance: string | null;
  readonly available: string | null;
  readonly openedOn: string | null;
  readonly closedOn: string | null;
  readonly holdings: readonly Holding[];
  readonly freezes: readonly Freeze[];
  readonly rights: readonly AccountRight[];
  readonly subAccounts: readonly SubAccount[];
}

export interface AccountsWanted {
  readonly draws: Draws;
  readonly agency: Agency;
  readonly kind: 'natural' | 'legal';
  readonly count: number;
  /** `rich` fills every list, `closed` leaves closed accounts only. */
  readonly shape: 'normal' | 'rich' | 'closed' | 'co-owners';
}

const personClasses: NonEmpty<string> = ['借记卡', '借记卡', '借记卡', '定期', '理财卡', '信用卡'];
const firmClasses: NonEmpty<string> = ['活期', '活期', '定期', '保证金'];
const courts: NonEmpty<string> = ['另一人民法院', '某县人民法院', '某市中级人民法院', '某海事法院'];

/** The accounts of one debtor at one bank, every number the bank's and the debtor's own. */
export function accountsOf(wanted: AccountsWanted): readonly Account[] {
  return Array.from({ length: wanted.count }, (_, place) => accountAt(wanted, place));
}

function accountAt(wanted: AccountsWanted, place: number): Account {
  const { draws, agency, shape } = wanted;
  const has = (probability: number): boolean => shape === 'rich' || draws.chance(probability);
  const number = withLuhn(`629999${draws.digits(15)}`);
  const accountClass = draws.pick(wanted.kind === 'natural' ? personClasses : firmClasses);
  const isClosed = shape === 'closed' || (shape === 'normal' && draws.chance(0.07));
  const openedOn = draws.chance(0.07) ? null : dayBetween(draws, 2004, 2022);
  const currency = currencyAt(draws, place);
  const holdings = has(0.12) && !isClosed ? holdingsAt(draws) : [];
  const freezes = has(0.15) && !isClosed ? freezesAt(draws, holdings) : [];
  const subAccounts = has(0.12) && !isClosed ? subAccountsAt(draws) : [];
  const rights = (has(0.05) || shape === 'co-owners') && !isClosed ? [rightAt(draws, number)] : [];
  return {
    number,
    accountClass,
    status: statusOf(isClosed, freezes),
    branchName: `${agency.nameZh}第${draws.below(90) + 1}支行`,
    branchCode: `999999${draws.digits(6)}`,
    currency,
    ...balancesAt(draws, { isClosed, freezes, shape }),
    openedOn,
    closedOn: isClosed ? dayBetween(draws, 2023, 2024) : null,
    holdings,
    freezes,
    rights,
    subAccounts,
  };
}

const statusOf = (isClosed: boolean, freezes: readonly Freeze[]): string =>
  isClosed ? '销户' : freezes.length > 0 ? '部分冻结' : '正常';

/** The first account is nearly always in yuan; one in fifty has no currency in the books. */
const currencyAt = (draws: Draws, place: number): string | null =>
  draws.chance(0.02) ? null : draws.chance(place === 0 ? 0.04 : 0.2) ? 'USD' : 'CNY';

interface BalanceGround {
  readonly isClosed: boolean;
  readonly freezes: readonly Freeze[];
  readonly shape: AccountsWanted['shape'];
}

function balancesAt(draws: Draws, ground: BalanceGround): Pick<Account, 'balance' | 'available'> {
  if (ground.isClosed) return { balance: '0.00', available: '0.00' };
  if (ground.shape === 'normal' && draws.chance(0.05)) return { balance: null, available: null };
  const cents = ground.shape === 'normal' && draws.chance(0.08) ? 0 : centsBetween(draws, 1, 2_000_000);
  const frozen = ground.freezes
    .filter(({ holding }) => holding === null)
    .reduce((sum, { amount }) => sum + Number(amount.replace('.', '')), 0);
  return { balance: written(cents), available: written(Math.max(0, cents - frozen)) };
}

function holdingsAt(draws: Draws): readonly Holding[] {
  return Array.from({ length: 1 + draws.below(2) }, (_, place) => {
    const units = 1_000 * (1 + draws.below(200));
    const priceTenThousandths = 10_000 + draws.below(5_000);
    const cents = Math.floor((units * priceTenThousandths) / 100);
    const code = draws.digits(6);
    return {
      sequence: String(place + 1),
      productName: `示例理财${code}号`,
      productCode: `LC${code}`,
      quantity: `${units}.00`,
      unitPrice: `1.${String(priceTenThousandths - 10_000).padStart(4, '0')}`,
      totalValue: written(cents),
      currency: 'CNY',
      setUpOn: dayBetween(draws, 2022, 2024),
    };
  });
}

function freezesAt(draws: Draws, holdings: readonly Holding[]): readonly Freeze[] {
  return Array.from({ length: 1 + draws.below(2) }, (_, place) => ({
    sequence: String(place + 1),
    holding: holdings[0] !== undefined && draws.chance(0.3) ? holdings[0].sequence : null,
    authority: draws.pick(courts),
    documentNumber: `（202${draws.below(5)}）示99${draws.digits(2)}执${draws.below(9_000) + 1}号`,
    amount: written(centsBetween(draws, 1_000, 500_000)),
    endsOn: draws.chance(0.1) ? null : dayBetween(draws, 2027, 2029),
  }));
}

const rightAt = (draws: Draws, account: string): AccountRight => ({
  sequence: '1',
  rightKind: draws.pick(['共有权', '优先权']),
  holderName: thirdPartyName('right', account),
  amount: written(centsBetween(draws, 1_000, 100_000)),
});

function subAccountsAt(draws: Draws): readonly SubAccount[] {
  return Array.from({ length: 1 + draws.below(3) }, (_, place) => ({
    sequence: String(place + 1),
    number: String(place + 1).padStart(4, '0'),
    accountClass: draws.pick(['定期', '活期', '通知存款']),
    currency: 'CNY',
    balance: written(centsBetween(draws, 100, 300_000)),
  }));
}
