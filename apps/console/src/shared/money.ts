/** 1234567.8 → 1,234,567.80: separators and at least two decimals; digits are never rounded away. */
export function amountOf(amount: string): string {
  const [whole = '0', fraction = ''] = amount.replace(/^-/, '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amount.startsWith('-') ? '-' : ''}${grouped}.${fraction.padEnd(2, '0')}`;
}

/** ¥1,234.00 and USD 1,234.00, as the sentence of the report writes them. */
export const moneyOf = ({ amount, currency }: { readonly amount: string; readonly currency: string }): string =>
  `${currency === 'CNY' ? '¥' : `${currency} `}${amountOf(amount)}`;
