import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkRealEstateUnitCode, checkPlate, type Agency, type Category } from '#contracts';
import { holdingsOf, type Holdings } from './holdings.ts';
import { magicDebtors } from './magic-debtors.ts';
import { syntheticDebtor } from './person.ts';

const agency = (place: number, category: Category): Agency => ({
  agencyId: `${category}.n${place}`,
  code: `C${place}`,
  nameZh: `示例机构${place}`,
  nameEn: `Sample ${place}`,
  category,
  region: '310000',
  channelId: 'channel',
  typicalMs: null,
  promisedMs: null,
});
const banks = Array.from({ length: 40 }, (_, place) => agency(place, 'bank'));
const registries = Array.from({ length: 10 }, (_, place) => agency(place, 'real-estate'));
const bureaus = Array.from({ length: 10 }, (_, place) => agency(place, 'vehicle'));
const agencies = [...banks, ...registries, ...bureaus];

const keysOf = ({ accounts, units, vehicles }: Holdings): string[] => [
  ...accounts.map(({ number }) => number),
  ...units.map(({ unitCode }) => unitCode),
  ...vehicles.flatMap(({ vin, plateNumber }) => [vin, plateNumber]),
];
const everywhere = (seed: number, idNumber: string): Holdings[] =>
  agencies.map((each) => holdingsOf({ seed, debtor: { idNumber }, agency: each }));

describe('the world', () => {
  it('is the same for the same seed, debtor and agency', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(100_000), fc.constantFrom(...agencies), (seed, n, each) => {
        const { idNumber } = syntheticDebtor(seed, n);
        const ask = () => holdingsOf({ seed, debtor: { idNumber }, agency: each });
        expect(ask()).toEqual(ask());
      }),
      { numRuns: 300 },
    );
  });

  it('takes a number for the same however it is written', () => {
    const [bank] = banks;
    const written = (idNumber: string) => holdingsOf({ seed: 1, debtor: { idNumber }, agency: bank! });
    expect(written('11010019900307418x')).toEqual(written('110100 19900307418X'));
  });

  it('never gives one asset to two debtors or two agencies', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seed) => {
        const keys = Array.from({ length: 150 }, (_, n) =>
          everywhere(seed, syntheticDebtor(seed, n).idNumber).flatMap(keysOf),
        ).flat();
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 10 },
    );
  });

  it('knows a fifth of the debtors at a bank, a third in a register', () => {
    const share = (group: readonly Agency[]): number => {
      const known = Array.from({ length: 300 }, (_, n) =>
        group.filter((each) => keysOf(holdingsOf({ seed: 7, debtor: syntheticDebtor(7, n), agency: each })).length > 0),
      );
      return known.flat().length / (300 * group.length);
    };
    expect(share(banks)).toBeGreaterThan(0.15);
    expect(share(banks)).toBeLessThan(0.25);
    expect(share(registries)).toBeGreaterThan(0.25);
    expect(share(bureaus)).toBeLessThan(0.35);
  });

  it('has every kind of account, with and without what banks leave out', () => {
    const accounts = Array.from({ length: 300 }, (_, n) =>
      everywhere(3, syntheticDebtor(3, n).idNumber).flatMap((each) => each.accounts),
    ).flat();
    const some = (claim: (account: (typeof accounts)[number]) => boolean): boolean => accounts.some(claim);
    expect(some(({ holdings }) => holdings.length > 0)).toBe(true);
    expect(some(({ freezes }) => freezes.length > 0)).toBe(true);
    expect(some(({ rights }) => rights.length > 0)).toBe(true);
    expect(some(({ subAccounts }) => subAccounts.length > 0)).toBe(true);
    expect(some(({ currency }) => currency === 'USD')).toBe(true);
    expect(some(({ currency }) => currency === null)).toBe(true);
    expect(some(({ balance }) => balance === '0.00')).toBe(true);
    expect(some(({ balance }) => balance === null)).toBe(true);
    expect(some(({ openedOn }) => openedOn === null)).toBe(true);
    expect(some(({ closedOn }) => closedOn !== null)).toBe(true);
    expect(accounts.every(({ number }) => /^629999\d{16}$/.test(number))).toBe(true);
  });

  it('makes unit codes of an area that does not exist, and plates of the region', () => {
    const all = Array.from({ length: 100 }, (_, n) => everywhere(3, syntheticDebtor(3, n).idNumber)).flat();
    const units = all.flatMap((each) => each.units);
    const vehicles = all.flatMap((each) => each.vehicles);
    expect(units.length).toBeGreaterThan(50);
    expect(units.every(({ unitCode }) => unitCode.startsWith('9901') && unitCode.length === 28)).toBe(true);
    expect(
      units.map(({ unitCode }) => checkRealEstateUnitCode(unitCode)).every(({ problem }) => problem === null),
    ).toBe(true);
    expect(units.some(({ owners }) => owners.length > 1)).toBe(true);
    expect(units.some(({ seizures }) => seizures.length > 1)).toBe(true);
    expect(vehicles.every(({ plateNumber, vin }) => plateNumber.startsWith('沪') && vin.startsWith('LTEST'))).toBe(
      true,
    );
    expect(vehicles.map(({ plateNumber }) => checkPlate(plateNumber)).every(({ problem }) => problem === null)).toBe(
      true,
    );
  });

  it('gives magic debtors something everywhere, and nothing to those who stand for nothing', () => {
    for (const { idNumber, scenario } of magicDebtors) {
      const known = everywhere(11, idNumber).filter((each) => keysOf(each).length > 0).length;
      if (scenario === 'nothing') expect(known).toBe(0);
      else if (['found', 'found-many', 'rare-character'].includes(scenario)) expect(known).toBeGreaterThan(0);
      else expect(known).toBe(agencies.length);
    }
  });
});
