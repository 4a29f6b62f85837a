import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tableOf } from './print-table.mjs';

const heads = {
  fault: 'fault',
  backend: 'backend',
  injected: 'injected at/for',
  inquiries: 'inquiries',
  answers: 'answers',
  lost: 'lost',
  doubled: 'doubled',
  falseNothing: 'false nothing',
  recovery: 'recovery',
};

/** Reporter that prints what the fault suite found, in one table: its specs leave their rows in coverage/faults/. */
export default class JestFaultTable {
  constructor({ rootDir }) {
    this.folder = join(rootDir, 'coverage', 'faults');
  }

  onRunStart() {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
  }

  onRunComplete() {
    const rows = readdirSync(this.folder)
      .sort()
      .flatMap((name) => JSON.parse(readFileSync(join(this.folder, name), 'utf8')));
    if (rows.length > 0) process.stdout.write(`\n${tableOf(heads, rows)}\n`);
  }
}
