import { expect, it } from '@jest/globals';
import { namedBy } from './named-by.ts';

const person = (...names: string[]) => ({ names, numbers: [] });

it.each([
  ['欧阳', '欧阳慎独', true],
  ['ouyang', '欧阳慎独', true],
  ['OuYang Shen', '欧阳慎独', true],
  ['oysd', '欧阳慎独', true],
  ['shan', '单某', true], // as a surname
  ['yangs', '欧阳慎独', false],
  ['zhang', '欧阳慎独', false],
  ['', '欧阳慎独', false],
])('%s finds %s: %s', (typed, name, isMeant) => {
  expect(namedBy(typed)(person(name))).toBe(isMeant);
});

it('knows former names too', () => {
  expect(namedBy('lisi')(person('张三', '李四'))).toBe(true);
});
