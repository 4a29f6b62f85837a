import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import './check-node.mjs';

/**
 * Asks the registry that npm is configured with for known weaknesses of the production packages. High and critical ones
 * fail, unless scripts/audit-exceptions.json names them with a reason and a day until which that holds. A registry that
 * knows no advisories, or does not answer in time, gives "not checked", which is not "clean": it exits 0 with a loud line,
 * and 1 with --required (docs/decisions/0030-what-fails-a-build-about-packages.md).
 */
const limitMs = 30_000;
const failing = new Set(['high', 'critical']);

/**
 * What a run of `npm audit --json` means.
 * @returns {{ verdict: 'clean' | 'weak' | 'not-checked', lines: string[] }}
 */
export function judge(output, exceptions, today) {
  const report = parsed(output);
  if (report === null || report.error || !report.vulnerabilities || !report.metadata?.vulnerabilities) {
    const why = report?.error?.code ?? report?.message ?? 'no report came back';
    return { verdict: 'not-checked', lines: [`the registry gave no advisories (${String(why).slice(0, 80)})`] };
  }
  const found = Object.values(report.vulnerabilities).flatMap(({ name, severity, via }) =>
    via
      .filter((each) => typeof each === 'object' && failing.has(each.severity ?? severity))
      .map((each) => ({ name, id: idOf(each), severity: each.severity ?? severity })),
  );
  const excused = ({ name, id }) =>
    exceptions.some((each) => each.package === name && each.advisory === id && each.until >= today);
  const open = found.filter((each) => !excused(each));
  const late = exceptions.filter(({ until }) => until < today);
  const lines = [
    ...open.map(({ name, id, severity }) => `${severity}: ${name} ${id}; upgrade it, or add a dated exception`),
    ...late.map((each) => `the exception for ${each.package} ${each.advisory} ended on ${each.until}`),
  ];
  return { verdict: open.length > 0 ? 'weak' : 'clean', lines };
}

const idOf = ({ url, source }) => /GHSA-[a-z0-9-]+/i.exec(url ?? '')?.[0] ?? String(source ?? 'unknown');

function parsed(output) {
  try {
    return JSON.parse(output);
  } catch {
    return null;
  }
}

/** What is wrong with the list of exceptions itself, a line each. */
export const exceptionFaults = (exceptions) =>
  exceptions.flatMap((each, index) =>
    typeof each.package === 'string' &&
    typeof each.advisory === 'string' &&
    typeof each.reason === 'string' &&
    each.reason.length >= 20 &&
    /^\d{4}-\d{2}-\d{2}$/.test(each.until ?? '')
      ? []
      : [`exception ${index + 1} needs package, advisory, reason (20 characters or more) and until (yyyy-MM-dd)`],
  );

function ask() {
  return new Promise((resolve) => {
    const child = spawn('npm', ['audit', '--omit=dev', '--json'], { stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.on('error', () => resolve(''));
    child.on('close', () => {
      clearTimeout(limit);
      resolve(output);
    });
  });
}

async function main() {
  const exceptions = JSON.parse(readFileSync(join(import.meta.dirname, 'audit-exceptions.json'), 'utf8'));
  const faults = exceptionFaults(exceptions);
  const { verdict, lines } = judge(await ask(), exceptions, new Date().toISOString().slice(0, 10));
  const say = {
    clean: 'clean: no high or critical weakness is known',
    weak: 'FAILED',
    'not-checked': 'NOT CHECKED, which is not the same as clean',
  };
  for (const line of [...faults, ...lines]) process.stdout.write(`audit: ${line}\n`);
  process.stdout.write(`audit: ${say[verdict]}\n`);
  const isRequired = process.argv.includes('--required');
  process.exitCode = faults.length > 0 || verdict === 'weak' || (verdict === 'not-checked' && isRequired) ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
