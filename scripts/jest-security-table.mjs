import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
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

/** Reporter that prints what the security suite tried, in one table: test/security leaves it in coverage/security/. */
export default class JestSecurityTable {
  constructor({ rootDir }) {
    this.folder = join(rootDir, 'coverage', 'security');
  }

  onRunStart() {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
  }

  onRunComplete() {
    const file = join(this.folder, 'matrix.json');
    if (!existsSync(file)) return;
    const { rows, lines } = JSON.parse(readFileSync(file, 'utf8'));
    process.stdout.write(`\n${tableOf(heads, [...rows, sumOf(rows)])}\n${lines.join('\n')}\n`);
  }
}

/** `operations` are not added up: most rows are about the same ones. */
function sumOf(rows) {
  const added = Object.keys(heads).map((column) => [column, rows.reduce((sum, row) => sum + row[column], 0)]);
  return { ...Object.fromEntries(added), kind: 'all', operations: Math.max(0, ...rows.map((row) => row.operations)) };
}
