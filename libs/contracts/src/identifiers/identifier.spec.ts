import { describe, expect, it } from '@jest/globals';
import { identifierSchema, identifierTypeSchema } from '../debtor.ts';
import { describeIdentifier } from './identifier.ts';

describe('a described identifier', () => {
  it('of a person has the 15-digit form', () => {
    expect(describeIdentifier({ type: 'citizen-id', number: ' 11010019900307418x ' })).toEqual({
      outcome: 'accepted',
      problem: null,
      identifier: {
        type: 'citizen-id',
        number: '11010019900307418x',
        normalised: '11010019900307418X',
        variant15: '110100900307418',
        orgCode: null,
        checksum: 'ok',
        country: null,
        issuer: null,
      },
    });
  });

  it('of 15 digits derives nothing', () => {
    expect(describeIdentifier({ type: 'citizen-id', number: '110100900307411' })).toMatchObject({
      identifier: { normalised: '110100900307411', variant15: null, checksum: 'not-applicable' },
    });
  });

  it('of an organisation has the organisation code, even if the check character fails', () => {
    expect(describeIdentifier({ type: 'uscc', number: '91110000MA00XY018M' })).toMatchObject({
      outcome: 'accepted',
      problem: 'check-character',
      identifier: { orgCode: 'MA00XY018', variant15: null, checksum: 'failed' },
    });
    expect(describeIdentifier({ type: 'org-code', number: 'MA00XY01-8' })).toMatchObject({
      problem: null,
      identifier: { number: 'MA00XY01-8', normalised: 'MA00XY018', orgCode: null, checksum: 'ok' },
    });
  });

  it('of a type without a rule is folded and has no check', () => {
    const entered = { type: 'passport', number: 'e 0000-0001', country: 'CN', issuer: ' ' } as const;
    expect(describeIdentifier(entered)).toMatchObject({
      problem: null,
      identifier: { normalised: 'E00000001', checksum: 'not-applicable', country: 'CN', issuer: null },
    });
  });

  it.each([
    ['citizen-id', '11010019900307411', 'length'],
    ['uscc', '9111OOOOMA00XY018L', 'forbidden-letter'],
    ['org-code', 'MA00XY01', 'length'],
    ['military', ' ', 'empty'],
    ['other', '9'.repeat(101), 'length'],
  ] as const)('is rejected: %s', (type, number, problem) => {
    expect(describeIdentifier({ type, number })).toEqual({ outcome: 'rejected', problem });
  });

  it.each(identifierTypeSchema.options)('has the shape of the contract: %s', (type) => {
    const numbers = { 'citizen-id': '110100199003074112', uscc: '91110000MA00XY018L', 'org-code': 'MA00XY018' };
    const number = Object.entries(numbers).find(([key]) => key === type)?.[1] ?? 'X 00-1';
    const description = describeIdentifier({ type, number });
    expect(identifierSchema.safeParse('identifier' in description && description.identifier).success).toBe(true);
  });
});
