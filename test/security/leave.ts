import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../e2e/running-process.ts';

/** Leaves rows of the table, and lines below it, for the end of the run (scripts/jest-security-table.mjs). */
export function leave(
  name: string,
  left: { readonly rows: readonly object[]; readonly lines: readonly string[] },
): void {
  const folder = join(repository, 'coverage', 'security');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(left));
}
