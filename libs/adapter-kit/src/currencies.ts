/** Numeric codes and Chinese names of the currencies that accounts are held in; letters are taken as ISO 4217 has them. */
const letters: Readonly<Record<string, string>> = {
  ...{ '156': 'CNY', RMB: 'CNY', 人民币: 'CNY', 人民币元: 'CNY' },
  ...{ '840': 'USD', 美元: 'USD', '978': 'EUR', 欧元: 'EUR', '826': 'GBP', 英镑: 'GBP' },
  ...{ '344': 'HKD', 港币: 'HKD', 港元: 'HKD', '446': 'MOP', 澳门元: 'MOP', 澳门币: 'MOP' },
  ...{ '901': 'TWD', 新台币: 'TWD', 台币: 'TWD', '392': 'JPY', 日元: 'JPY', '410': 'KRW', 韩元: 'KRW', 韩币: 'KRW' },
  ...{ '036': 'AUD', 澳元: 'AUD', 澳大利亚元: 'AUD', '124': 'CAD', 加元: 'CAD', 加拿大元: 'CAD' },
  ...{ '756': 'CHF', 瑞士法郎: 'CHF', '702': 'SGD', 新加坡元: 'SGD', '554': 'NZD', 新西兰元: 'NZD' },
  ...{ '643': 'RUB', 卢布: 'RUB', '764': 'THB', 泰铢: 'THB', '458': 'MYR', '704': 'VND', '360': 'IDR', '608': 'PHP' },
  ...{ '752': 'SEK', 瑞典克朗: 'SEK', '578': 'NOK', 挪威克朗: 'NOK', '208': 'DKK', 丹麦克朗: 'DKK' },
  ...{ '356': 'INR', '398': 'KZT', '496': 'MNT', '586': 'PKR', '682': 'SAR', '784': 'AED', '710': 'ZAR', '986': 'BRL' },
};

/** Testing and "no currency" are codes of the list, but no money. */
const notMoney = new Set(['XXX', 'XTS']);
const known = new Set(Intl.supportedValuesOf('currency').filter((code) => !notMoney.has(code)));

/** ISO 4217 minor units other than 2. */
const minorUnits: ReadonlyMap<string, number> = new Map([
  ...withUnit(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...withUnit(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...withUnit(4, 'CLF UYW'),
]);

function withUnit(digits: number, codes: string): [string, number][] {
  return codes.split(' ').map((code) => [code, digits]);
}

/** The ISO 4217 letters behind a code or name as agencies write it; null if it is none that we know. */
export function currencyOf(text: string): string | null {
  const key = text.toUpperCase();
  if (known.has(key)) return key;
  return Object.hasOwn(letters, key) ? (letters[key] ?? null) : null;
}

/** Digits after the point in which amounts of this currency are written. */
export function minorUnit(currency: string): number {
  return minorUnits.get(currency) ?? 2;
}
