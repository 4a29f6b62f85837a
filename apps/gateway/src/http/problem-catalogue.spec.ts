import { describe, expect, it } from '@jest/globals';
import { languageOf } from './problem-catalogue.ts';

describe('the language of a problem', () => {
  it.each([
    ['zh-CN,zh;q=0.9', 'zh'],
    ['en-GB,en;q=0.8', 'en'],
    ['fr, en', 'en'],
    ['fr', 'zh'],
    [undefined, 'zh'],
  ])('for %s is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
