import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reporter that writes the totals to coverage/jest-summary.json: { passed, failed, skipped }.
 * A test file that could not be loaded counts as a failure, a todo as skipped: neither may look green.
 */
export default class JestSummary {
  constructor({ rootDir }) {
    this.folder = join(rootDir, 'coverage');
  }

  onRunComplete(_contexts, results) {
    const summary = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites + (results.wasInterrupted ? 1 : 0),
      skipped: results.numPendingTests + results.numTodoTests,
    };
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, 'jest-summary.json'), `${JSON.stringify(summary)}\n`);
  }
}
