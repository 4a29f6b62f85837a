import { describe, expect, it } from '@jest/globals';
import { categories } from '#contracts';
import { codeWords } from './code-words.ts';

describe('codes on paper', () => {
  it.each(['zh-CN', 'en'] as const)('are words of their own in %s', (locale) => {
    const words = categories.map((category) => codeWords[locale].categories[category]);
    expect(new Set(words).size).toBe(categories.length);
    for (const word of [...words, ...Object.values(codeWords[locale].roles)]) expect(word).toMatch(/^[^a-z-]/);
  });
});
