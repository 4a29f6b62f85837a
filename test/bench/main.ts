import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { consoleFigures } from './console.ts';
import { fanout } from './fanout.ts';
import type { Figure } from './figure.ts';

interface Suite {
  readonly what: string;
  readonly page: string; // below docs/
  readonly title: string;
  /** What was measured, and how. */
  readonly method: readonly string[];
  run(options: { readonly quick: boolean; readonly say: (text: string) => void }): Promise<readonly Figure[]>;
}

const suites = new Map<string, Suite>([
  [
    'fanout',
    {
      what: 'P1–P5 and P9 of the performance budget, with a plain BullMQ flow and a hand-written script beside them',
      page: 'performance.md',
      title: 'Performance',
      method: [
        'The product runs in one process (store, queue, worker: guards, breakers, encryption, journal, merge, report), the simulated agencies in another, with a',
        'seeded spread of answer times (median 200 ms, capped). *Overhead* is the time from the moment the slowest agency had sent its answer until the report was',
        'stored and told. The plain BullMQ flow (a parent, a child job per agency, concurrency 500) and a hand-written script (allSettled over undici) ask the same',
        'agencies in the same run. Figures move by a factor of about two between runs on shared machines; the ratios move less.',
      ],
      run: fanout,
    },
  ],
  [
    'console',
    {
      what: 'how soon answers are seen in a browser, and its longest tasks with 4,000 agencies and 10,000 assets',
      page: 'performance-console.md',
      title: 'Performance of the console',
      method: [
        'The whole product runs in one process in its embedded shape, simulated agencies in another, Chromium in front of it on the same processors. C1 compares the',
        'time at which the database announced an answer with the frame after the one in which its row showed it. C2 to C4 are the longest tasks of the page’s main thread in the browser’s',
        'own trace, while the table is scrolled.',
      ],
      run: consoleFigures,
    },
  ],
]);

const [name = '', ...flags] = process.argv.slice(2);
const suite = suites.get(name);
if (!suite) {
  const list = [...suites].map(([each, { what }]) => `  ${each.padEnd(8)} ${what}\n`).join('');
  process.stderr.write(`npm run bench -- ${[...suites.keys()].join('|')} [--quick] [--write]\n${list}`);
  process.exit(2);
}
const say = (text: string) => process.stderr.write(`${text}\n`);
const figures = await suite.run({ quick: flags.includes('--quick'), say });
for (const figure of figures) process.stdout.write(`${JSON.stringify(figure)}\n`);
if (flags.includes('--write'))
  writeFileSync(new URL(`../../../docs/${suite.page}`, import.meta.url), page(name, suite, figures));
process.exit(figures.every(({ pass }) => pass) ? 0 : 5);

/** The figures of this run, with date and processor. */
function page(of: string, { title, method }: Suite, all: readonly Figure[]): string {
  const [processor] = cpus();
  const rows = all.map(
    ({ id, what, value, unit, budget, pass, detail }) =>
      `| ${id} | ${what} | ${value} ${unit} | ${budget === null ? '–' : `≤ ${budget} ${unit}`} | ${pass ? 'yes' : '**no**'} | ${detail} |`,
  );
  return [
    `# ${title}`,
    '',
    `Written by \`npm run bench -- ${of} --write\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.versions.node}, ${cpus().length} × ${processor?.model.trim() ?? 'unknown processor'}.`,
    '',
    ...method,
    '',
    '| id | figure | measured | budget | within | detail |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
