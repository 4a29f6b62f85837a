import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { repository } from './small-tree.ts';

describe('the change notes', () => {
  it('have a place for what is not released yet', () => {
    expect(readFileSync(`${repository}CHANGELOG.md`, 'utf8')).toMatch(/^## \[?Unreleased\]?$/m);
  });
});
