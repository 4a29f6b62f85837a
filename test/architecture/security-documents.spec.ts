import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { repository } from './small-tree.ts';

/** Every path that a document names in backticks. */
const pathsIn = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line) => [...line.matchAll(/`((?:apps|libs|test|docs|scripts|config)\/[\w./-]+|[.]\w[\w.-]*[.]mjs)`/g)])
    .flatMap(([, path]) => path ?? []);
const missing = (text: string): string[] => pathsIn(text).filter((path) => !existsSync(`${repository}${path}`));

describe('what the security documents name', () => {
  it.each(['SECURITY.md', 'docs/security.md'])('is there: %s', (document) => {
    const text = readFileSync(`${repository}${document}`, 'utf8');
    expect(pathsIn(text).length).toBeGreaterThan(30);
    expect(missing(text)).toEqual([]);
  });

  it('is missed when it is not', () => {
    expect(missing('| `libs/nowhere.ts` | `apps/gateway/src/gateway.ts` |')).toEqual(['libs/nowhere.ts']);
  });

  it('covers every chapter of the standard and every item of the list', () => {
    const text = readFileSync(`${repository}docs/security.md`, 'utf8');
    const chapters = Array.from({ length: 17 }, (_, no) => `V${no + 1}`);
    expect(chapters.filter((chapter) => !new RegExp(`^\\| ${chapter}[. ]`, 'm').test(text))).toEqual([]);
    const items = Array.from({ length: 10 }, (_, no) => `API${no + 1}`);
    expect(items.filter((item) => !new RegExp(`^\\| ${item} `, 'm').test(text))).toEqual([]);
  });
});
