import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stdnum } from 'stdnum';
import { checkCitizenId, citizenIdBirthDate, citizenIdCheckDigit, hint18, to15 } from './citizen-id.ts';

const runs = { seed: 11643, numRuns: 500 };

/** Numbers of nobody: the area codes are those of whole cities, which are not given to people. */
function citizenIds(years: { min: number; max: number }): fc.Arbitrary<string> {
  const area = fc.constantFrom('110100', '320100', '440300', '510100', '990100');
  const date = fc
    .date({
      min: new Date(`${years.min}-01-01T00:00:00Z`),
      max: new Date(`${years.max}-12-31T00:00:00Z`),
      noInvalidDate: true,
    })
    .map((each) => each.toISOString().slice(0, 10).replaceAll('-', ''));
  const sequence = fc.integer({ min: 0, max: 999 }).map((each) => String(each).padStart(3, '0'));
  return fc
    .tuple(area, date, sequence)
    .map((parts) => parts.join(''))
    .map((first17) => first17 + citizenIdCheckDigit(first17));
}

const anyCentury = citizenIds({ min: 1800, max: 2099 });
const oracle = stdnum['CN']?.['ric'];

describe('a citizen ID', () => {
  it.each([
    ['110100199003074112', '110100199003074112', '110100900307411'],
    ['320100198510120237', '320100198510120237', '320100851012023'],
    ['440300197809221052', '440300197809221052', '440300780922105'],
    ['11010019900307418x', '11010019900307418X', '110100900307418'],
    [' 1101 0019 9003 0741 12 ', '110100199003074112', '110100900307411'],
    ['１１０１００１９９００３０７４１１２', '110100199003074112', '110100900307411'],
    ['110100200002294119', '110100200002294119', '110100000229411'],
  ])('accepts %p and has a 15-digit form', (text, normalised, short) => {
    expect(checkCitizenId(text)).toEqual({ outcome: 'accepted', normalised, checksum: 'ok', problem: null });
    expect(to15(normalised)).toBe(short);
  });

  it.each([
    ['110100199003074113', 'check-digit'],
    ['110100199003074121', 'check-digit'],
    ['110100199002304115', 'date'],
    ['110100199013074116', 'date'],
    ['110100190002294112', 'date'],
    ['110100900230411', 'date'],
  ])('accepts %p with a warning: %s', (text, problem) => {
    expect(checkCitizenId(text)).toEqual({ outcome: 'accepted', normalised: text, checksum: 'failed', problem });
  });

  it('has no check digit in its 15-digit form, whose 18-digit form is a hint', () => {
    const normalised = '110100900307411';
    expect(checkCitizenId(normalised)).toEqual({
      outcome: 'accepted',
      normalised,
      checksum: 'not-applicable',
      problem: null,
    });
    expect(hint18(normalised)).toBe('110100199003074112');
  });

  it.each([
    ['11010019900307411', 'length'],
    ['1101001990030741120', 'length'],
    ['11010090030741X', 'characters'],
    ['1101001990030741X2', 'characters'],
    ['11010O199003074112', 'characters'],
    [' - ', 'empty'],
  ])('rejects %p: %s', (text, problem) => {
    expect(checkCitizenId(text)).toEqual({ outcome: 'rejected', problem });
  });

  it('shares its 15-digit form with persons of other centuries', () => {
    const persons = ['110100189003074113', '110100199003074112', '110100209003074119'];
    expect(persons.map((each) => checkCitizenId(each))).toMatchObject(persons.map(() => ({ checksum: 'ok' })));
    expect(new Set(persons.map(to15))).toEqual(new Set(['110100900307411']));
  });

  it('says its birth date with 18 digits, and not with 15, which do not say the century', () => {
    expect(citizenIdBirthDate('110100199003074112')).toBe('1990-03-07');
    expect(citizenIdBirthDate('110100199002304115')).toBeNull();
    expect(citizenIdBirthDate('110100900307411')).toBeNull();
  });

  it('refuses to derive forms from a number of another length', () => {
    expect(() => to15('110100900307411')).toThrow(RangeError);
    expect(() => hint18('110100199003074112')).toThrow(RangeError);
    expect(() => citizenIdCheckDigit('110100199003074112')).toThrow(RangeError);
  });
});

describe('a generated citizen ID', () => {
  it('passes and is normalised already', () => {
    fc.assert(
      fc.property(anyCentury, (id) => {
        expect(checkCitizenId(id)).toEqual({ outcome: 'accepted', normalised: id, checksum: 'ok', problem: null });
      }),
      runs,
    );
  });

  it('fails when any one digit is another', () => {
    fc.assert(
      fc.property(anyCentury, fc.nat(17), fc.nat(9), (id, place, digit) => {
        fc.pre(id.charAt(place) !== String(digit));
        const changed = id.slice(0, place) + digit + id.slice(place + 1);
        expect(checkCitizenId(changed)).toMatchObject({ outcome: 'accepted', checksum: 'failed' });
      }),
      runs,
    );
  });

  it('comes back from its 15-digit form if the birth was in 19xx', () => {
    fc.assert(
      fc.property(citizenIds({ min: 1900, max: 1999 }), (id) => {
        expect(hint18(to15(id))).toBe(id);
      }),
      runs,
    );
  });

  it('is judged as an independent library judges it', () => {
    expect(oracle?.validate('110100900307411').isValid).toBe(false); // that library knows 18 digits only
    fc.assert(
      fc.property(citizenIds({ min: 1900, max: 2020 }), fc.constantFrom(...Array.from('0123456789X')), (id, last) => {
        const number = id.slice(0, 17) + last;
        const check = checkCitizenId(number);
        expect(check.outcome === 'accepted' && check.checksum === 'ok').toBe(oracle?.validate(number).isValid);
      }),
      runs,
    );
  });
});
