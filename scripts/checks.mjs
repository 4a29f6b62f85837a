import { spawn } from 'node:child_process';
import './check-node.mjs';

/** Runs every check, also after one has failed; prints one line each, and the full output only of what failed. */
const checks = ['types', 'lint', 'format:check', 'arch', 'deadcode', 'lock'];

const run = (check) =>
  new Promise((resolve) => {
    const started = performance.now();
    const child = spawn('npm', ['run', '--silent', check], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', ({ code }) => resolve({ passed: false, output: `npm does not start: ${code}\n`, seconds: 0 }));
    child.on('close', (exit) => {
      resolve({ passed: exit === 0, output, seconds: (performance.now() - started) / 1000 });
    });
  });

const failed = [];
for (const check of checks) {
  const { passed, output, seconds } = await run(check);
  process.stdout.write(`${passed ? 'ok    ' : 'FAILED'} ${check.padEnd(13)}${seconds.toFixed(1)} s\n`);
  if (!passed) {
    failed.push(check);
    process.stdout.write(`${output.trimEnd()}\n`);
  }
}
if (failed.length > 0) {
  process.stdout.write(
    `${failed.length} of ${checks.length} checks failed; again: ${failed.map((check) => `npm run ${check}`).join(', ')}\n`,
  );
  process.exit(1);
}
