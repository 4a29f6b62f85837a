import { describe, expect, it } from '@jest/globals';
import type { Debtor, Identifier } from '#contracts';
import { matchByRule, matchDebtor } from './match.ts';

const identifier = (fields: Pick<Identifier, 'type' | 'normalised'> & Partial<Identifier>): Identifier => ({
  number: fields.normalised,
  variant15: null,
  orgCode: null,
  checksum: 'ok',
  country: null,
  issuer: null,
  ...fields,
});

const person: Debtor = {
  kind: 'natural',
  name: '张三',
  aliases: ['張三'],
  formerNames: ['张小三'],
  role: 'debtor-under-execution',
  ids: [identifier({ type: 'citizen-id', normalised: '11010019900307418X', variant15: '110100900307418' })],
  birthDate: null,
  registeredArea: null,
  nationality: 'CN',
};

const company: Debtor = {
  ...person,
  kind: 'legal',
  name: '示例（北京）商贸有限公司',
  aliases: [],
  formerNames: [],
  ids: [identifier({ type: 'uscc', normalised: '91110000MA00XY018L', orgCode: 'MA00XY018' })],
};

const soldier: Debtor = {
  ...person,
  ids: [
    identifier({ type: 'military', normalised: '军字第123号' }),
    identifier({ type: 'passport', normalised: 'E12345678' }),
  ],
};

describe('a returned person', () => {
  it.each([
    [person, '张三', '11010019900307418X', 'strong', ['name', 'id18']],
    [person, ' 张三 ', '1101 0019 9003 0741 8x', 'strong', ['name', 'id18']],
    [person, '张三', '110100900307418', 'strong', ['name', 'id15']],
    [company, '示例(北京)商贸有限公司', '91110000MA00XY018L', 'strong', ['name', 'uscc']],
    [company, '示例（北京）商贸有限公司', 'MA00XY01-8', 'strong', ['name', 'org-code']],
    [person, null, '11010019900307418X', 'medium', ['id18']],
    [person, null, '110100900307418', 'medium', ['id15']],
    [person, '張三', '11010019900307418X', 'medium', ['id18']],
    [person, '张小三', '11010019900307418X', 'medium', ['id18']],
    [soldier, '张三', 'E12345678', 'medium', ['name', 'passport']],
    [soldier, '张三', '军字第123号', 'medium', ['name']],
    [person, '张三', null, 'name-only', ['name']],
    [person, '张三', '1101**********418X', 'name-only', ['name']],
    [person, '张小三', '', 'name-only', []],
    [person, '', null, 'name-only', []],
  ] as const)('of %# is the debtor: %s', (...[debtor, name, idNumber, confidence, basis]) => {
    expect(matchDebtor(debtor, { name, idNumber })).toMatchObject({ confidence, basis });
  });

  it.each([
    [person, '李四', '11010019900307418X'],
    [person, '张三', '320100198510120237'],
    [person, '张三', '110100900307411'],
    [person, '李四', null],
    [person, null, '320100198510120237'],
    [company, '示例（北京）商贸有限公司', '91990100XXXX00019T'],
    [soldier, '张三', '军字第124号'],
  ])('of %# is somebody else', (debtor, name, idNumber) => {
    expect(matchDebtor(debtor, { name, idNumber })).toBe('other-person');
  });

  it('is kept with its number masked', () => {
    expect(matchDebtor(person, { name: '张三', idNumber: '11010019900307418x' })).toMatchObject({
      returnedName: '张三',
      returnedIdMasked: '1101**********418x',
    });
  });
});

describe('a declared match rule', () => {
  it('is strong with name and number, and no more than medium with the number alone', () => {
    expect(matchByRule(person, 'name-and-id')).toEqual({
      basis: ['name', 'id18'],
      confidence: 'strong',
      returnedName: null,
      returnedIdMasked: null,
    });
    expect(matchByRule(company, 'id-only')).toEqual({
      basis: ['uscc'],
      confidence: 'medium',
      returnedName: null,
      returnedIdMasked: null,
    });
  });
});
