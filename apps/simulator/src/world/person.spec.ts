import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkCitizenId, checkUscc, describeIdentifier } from '#contracts';
import { withLuhn, withVinCheck } from './check-characters.ts';
import { magicDebtors } from './magic-debtors.ts';
import { registeredName, shortForm, syntheticDebtor, thirdPartyId } from './person.ts';

describe('a synthetic debtor', () => {
  it('has a number that passes every check, of an area no county office issues under', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(2_000_000), (seed, n) => {
        const { kind, idNumber } = syntheticDebtor(seed, n);
        const check = kind === 'natural' ? checkCitizenId(idNumber) : checkUscc(idNumber);
        expect(check).toMatchObject({ outcome: 'accepted', checksum: 'ok', problem: null });
        expect(idNumber.slice(kind === 'natural' ? 4 : 6, kind === 'natural' ? 6 : 8)).toBe('00');
      }),
    );
  });

  it('is nobody else, and no magic debtor', () => {
    const numbers = Array.from({ length: 20_000 }, (_, n) => syntheticDebtor(5, n).idNumber);
    expect(new Set([...numbers, ...magicDebtors.map(({ idNumber }) => idNumber)]).size).toBe(
      20_000 + magicDebtors.length,
    );
  });

  it('has the name under which agencies know the number', () => {
    const debtor = syntheticDebtor(5, 1);
    expect(registeredName(debtor.idNumber)).toBe(debtor.name);
    expect(registeredName(debtor.idNumber.toLowerCase())).toBe(debtor.name);
  });

  it('is a person or a company', () => {
    const kinds = new Set(Array.from({ length: 100 }, (_, n) => syntheticDebtor(5, n).kind));
    expect([...kinds].toSorted()).toEqual(['legal', 'natural']);
  });
});

describe('a magic debtor', () => {
  it('has a valid number', () => {
    for (const { kind, idNumber } of magicDebtors) {
      const type = kind === 'natural' ? 'citizen-id' : 'uscc';
      expect(describeIdentifier({ type, number: idNumber })).toMatchObject({ problem: null });
    }
  });

  it('is known under its name', () => {
    expect(registeredName('110100199003074112')).toBe('张三');
  });
});

describe('made-up numbers', () => {
  it('carry their check characters', () => {
    expect(withLuhn('629999000000000001')).toBe('6299990000000000012');
    expect(withVinCheck('LTESTA1B0R0000001')).toBe('LTESTA1B7R0000001');
  });

  it('have a short form like that of older registers', () => {
    expect(shortForm('110100199003074112')).toBe('110100900307411');
    expect(shortForm('91110000MA00XY018L')).toBe('91110000MA00XY018L');
  });

  it('of third parties are of an area that does not exist', () => {
    expect(thirdPartyId('owner', 'x')).toMatch(/^990100/);
  });
});
