import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { environmentExample } from './environment-example.ts';

describe('.env.example', () => {
  it('is what the settings say', async () => {
    const file = join(import.meta.dirname, '..', '..', '..', '.env.example');
    expect(await readFile(file, 'utf8')).toBe(environmentExample());
  });
});
