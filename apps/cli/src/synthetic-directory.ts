import { type Agency, provinces } from '#contracts';

/**
 * A nationwide directory of invented agencies, for `--agencies N`: about nine in ten are banks, the rest registries and
 * vehicle bureaus spread over the provinces. The same N always gives the same directory.
 */
export function syntheticDirectory(count: number): readonly Agency[] {
  const mainland = provinces
    .filter(({ code }) => Number(code) < 71)
    .map(({ code, zh }) => ({ code: `${code}0000`, zh })); // GB/T 2260 writes provinces with four zeros
  const others = Math.max(3, Math.floor(count / 10));
  const vehicles = Math.floor(others / 3);
  const provincial = Math.min(mainland.length, Math.floor(others / 3));
  const cities = others - vehicles - provincial;
  const place = (index: number) => mainland[index % mainland.length] ?? { code: '110000', zh: '北京市' };
  const region = (index: number) => String(Number(place(index).code) + (Math.floor(index / mainland.length) + 1) * 100);
  return [
    ...numbered(count - others, (n) => bank(n, place(n))),
    ...numbered(provincial, (n) =>
      registry(n, { code: place(n - 1).code, zh: place(n - 1).zh, channelId: 'registry-province' }),
    ),
    ...numbered(cities, (n) =>
      registry(n, { code: region(n - 1), zh: `${place(n - 1).zh}${n}号`, channelId: 'registry-city' }),
    ),
    ...numbered(vehicles, (n) => bureau(n, { code: region(n - 1), zh: place(n - 1).zh })),
  ];
}

const numbered = (count: number, make: (n: number) => Agency): Agency[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

const times = { typicalMs: 900, promisedMs: 86_400_000 };

const bank = (n: number, place: { readonly code: string; readonly zh: string }): Agency => ({
  agencyId: `bank.n${n}`,
  code: `C99999${String(n).padStart(11, '0')}`,
  nameZh: `${place.zh}第${n}示例银行`,
  nameEn: `Sample Bank ${n}`,
  category: 'bank',
  region: place.code,
  channelId: 'bank-national',
  ...times,
});

const registry = (
  n: number,
  place: { readonly code: string; readonly zh: string; readonly channelId: string },
): Agency => ({
  agencyId: `${place.channelId.replace('-', '.')}${n}`,
  code: place.code,
  nameZh: `${place.zh}示例不动产登记平台`,
  nameEn: `Sample Real-estate Registry ${n}`,
  category: 'real-estate',
  region: place.code,
  channelId: place.channelId,
  ...times,
});

const bureau = (n: number, place: { readonly code: string; readonly zh: string }): Agency => ({
  agencyId: `vehicle.n${n}`,
  code: place.code,
  nameZh: `${place.zh}第${n}示例车辆管理所`,
  nameEn: `Sample Vehicle Bureau ${n}`,
  category: 'vehicle',
  region: place.code,
  channelId: 'vehicle-national',
  ...times,
});
