import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tableOf } from './print-table.mjs';

const heads = {
  kind: 'tried',
  operations: 'operations',
  requests: 'requests',
  unauthenticated: '401',
  forbidden: '403',
  notFound: '404',
  other: 'other as designed',
  leaks: 'leaks',
  deviations: 'deviations',
};

/** Reporter that prints what the security suite tried, in one table: its specs leave their rows and lines in coverage/security/. */
export default class JestSecurityTable {
  constructor({ rootDir }) {
    this.folder = join(rootDir, 'coverage', 'security');
  }

  onRunStart() {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
  }

  onRunComplete() {
    const left = readdirSync(this.folder)
      .toSorted()
      .map((name) => JSON.parse(readFileSync(join(this.folder, name), 'utf8')));
    const rows = left.flatMap((each) => each.rows);
    const lines = left.flatMap((each) => each.lines);
    if (rows.length > 0) process.stdout.write(`\n${tableOf(heads, [...rows, sumOf(rows)])}\n`);
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
  }
}

/** `operations` are not added up: most rows are about the same ones. */
function sumOf(rows) {
  const added = Object.keys(heads).map((column) => [column, rows.reduce((sum, row) => sum + row[column], 0)]);
  return { ...Object.fromEntries(added), kind: 'all', operations: Math.max(0, ...rows.map((row) => row.operations)) };
}
