import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fanout, type Figure } from './fanout.ts';

const [suite = '', ...flags] = process.argv.slice(2);
const quick = flags.includes('--quick');

if (suite !== 'fanout') {
  process.stderr.write(
    'npm run bench -- fanout [--quick] [--write]\n  fanout  P1–P5 and P9 of the performance budget, with a plain BullMQ flow and a hand-written script beside them\n',
  );
  process.exit(2);
}

const figures = await fanout({ quick, say: (text) => process.stderr.write(`${text}\n`) });
for (const figure of figures) process.stdout.write(`${JSON.stringify(figure)}\n`);
if (flags.includes('--write')) writeFileSync(new URL('../../../docs/performance.md', import.meta.url), page(figures));
process.exit(figures.every(({ pass }) => pass) ? 0 : 5);

/** docs/performance.md: the figures of this run, with date and processor. */
function page(all: readonly Figure[]): string {
  const [processor] = cpus();
  const rows = all.map(
    ({ id, what, value, unit, budget, pass, detail }) =>
      `| ${id} | ${what} | ${value} ${unit} | ${budget === null ? '–' : `≤ ${budget} ${unit}`} | ${pass ? 'yes' : '**no**'} | ${detail} |`,
  );
  return [
    '# Performance',
    '',
    `Written by \`npm run bench -- fanout --write\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.versions.node}, ${cpus().length} × ${processor?.model.trim() ?? 'unknown processor'}.`,
    '',
    'The product runs in one process (store, queue, worker: guards, breakers, encryption, journal, merge, report), the simulated agencies in another, with a',
    'seeded spread of answer times (median 200 ms, capped). *Overhead* is the time from the moment the slowest agency had sent its answer until the report was',
    'stored and told. The plain BullMQ flow (a parent, a child job per agency, concurrency 500) and a hand-written script (allSettled over undici) ask the same',
    'agencies in the same run. Figures move by a factor of about two between runs on shared machines; the ratios move less.',
    '',
    '| id | figure | measured | budget | within | detail |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
