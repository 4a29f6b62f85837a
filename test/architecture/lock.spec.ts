import { afterEach, describe, expect, it } from '@jest/globals';
import { makeSmallTree, type SmallTree } from './small-tree.ts';

const root = { dependencies: { zod: '4.6.7' } };
const zod = { version: '4.6.7' };

/** One small wrong lock file for everything that `npm run lock` looks at. */
const wrong: readonly (readonly [fault: string, packages: object])[] = [
  [
    'names zod-linux, which the lock does not carry',
    { '': root, 'node_modules/zod': { optionalDependencies: { 'zod-linux': '1' } } },
  ],
  [
    'carries a download address',
    { '': root, 'node_modules/zod': { ...zod, resolved: 'https://registry.example/zod.tgz' } },
  ],
  ['zod is there 2 times', { '': root, 'node_modules/zod': zod, 'node_modules/a/node_modules/zod': zod }],
  ['write an exact version', { '': { dependencies: { zod: '^4.6.7' } }, 'node_modules/zod': zod }],
];

describe('the check of the lock file', () => {
  let tree: SmallTree | undefined;
  const check = (packages: object): string => {
    tree = makeSmallTree({ 'package-lock.json': JSON.stringify({ packages }) }, ['package.json']);
    return tree.run('../scripts/check-lock.mjs', []);
  };
  afterEach(() => tree?.remove());

  it.each(wrong)('sees what is wrong: %s', (fault, packages) => {
    expect(check(packages)).toContain(fault);
    expect(check(packages)).toContain(' 1 problems');
  });

  it('lets a right lock file pass', () => {
    expect(check({ '': root, 'node_modules/zod': zod })).toBe('package-lock: 2 packages, 0 problems\n');
  });
});
