import { describe, expect, it } from '@jest/globals';
import type { IdentifierType } from '../debtor.ts';
import { describeIdentifier } from './identifier.ts';
import { sameIdentity } from './same-identity.ts';

function debtor(...numbers: readonly (readonly [type: IdentifierType, number: string])[]) {
  return numbers.map(([type, number]) => {
    const description = describeIdentifier({ type, number });
    if (description.outcome === 'rejected') throw new Error(description.problem);
    return description.identifier;
  });
}

describe('a number in an answer', () => {
  it.each([
    ['110100199003074112', 'id18'],
    [' 1101 0019 9003 0741 12 ', 'id18'],
    ['１１０１００１９９００３０７４１１２', 'id18'],
    ['110100900307411', 'id15'],
    ['110100900307418', null],
    ['110100199003074113', null],
    ['110100189003074113', null], // another century, the same 15 digits
    ['1101**********4112', null],
    ['900307411', null],
    ['', null],
  ])('about 张三, %p, agrees on %p', (returned, basis) => {
    expect(sameIdentity(debtor(['citizen-id', '110100199003074112']), returned)).toBe(basis);
  });

  it('may have a small x', () => {
    expect(sameIdentity(debtor(['citizen-id', '11010019900307418X']), '11010019900307418x')).toBe('id18');
  });

  it.each([
    ['110100900307411', 'id15'],
    ['110100199003074112', 'id15'],
    ['110100199003074130', null],
    ['91110000MA00XY018L', null],
  ])('about a debtor known by 15 digits, %p, agrees on %p', (returned, basis) => {
    expect(sameIdentity(debtor(['citizen-id', '110100900307411']), returned)).toBe(basis);
  });

  it.each([
    ['91110000MA00XY018L', 'uscc'],
    ['91110000ma00xy018l', 'uscc'],
    ['MA00XY018', 'org-code'],
    ['MA00XY01-8', 'org-code'],
    ['ma00xy01－8', 'org-code'],
    ['MA00XY019', null],
    ['91110000MA00XY018M', null],
  ])('about a company known by its USCC, %p, agrees on %p', (returned, basis) => {
    expect(sameIdentity(debtor(['uscc', '91110000MA00XY018L']), returned)).toBe(basis);
  });

  it.each([
    ['MA00XY01-8', 'org-code'],
    ['91110000MA00XY018L', 'org-code'],
    ['91110000MA00XY018M', 'org-code'], // real codes fail the check character
    ['91990100XXXX00019T', null],
  ])('about a company known by its organisation code, %p, agrees on %p', (returned, basis) => {
    expect(sameIdentity(debtor(['org-code', 'MA00XY018']), returned)).toBe(basis);
  });

  it('is not an organisation because nine digits of a person read like its code', () => {
    expect(sameIdentity(debtor(['org-code', '900307411']), '110100199003074112')).toBeNull();
  });

  it('agrees on the strongest of several identifiers', () => {
    const person = debtor(
      ['citizen-id', '110100900307411'],
      ['passport', 'E00000001'],
      ['citizen-id', '110100199003074112'],
    );
    expect(sameIdentity(person, '110100199003074112')).toBe('id18');
    expect(sameIdentity(person, 'e 00000001')).toBe('passport');
    expect(sameIdentity(person, '110100900307411')).toBe('id15');
  });

  it('agrees on nothing where the number type is no basis, or the debtor has none', () => {
    expect(sameIdentity(debtor(['other', '0001']), '0001')).toBeNull();
    expect(sameIdentity([], '110100199003074112')).toBeNull();
  });
});
