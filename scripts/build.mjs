import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import './check-node.mjs';

/**
 * Compiles apps, libs and test/bench to dist/ and puts the files beside them that are read at run time. Does nothing
 * when dist/ was made from exactly these files. Says one line, on stderr: stdout belongs to the command that follows.
 * The new tree is made beside the old one and takes its place only when it is whole.
 */
const root = join(import.meta.dirname, '..');
process.chdir(root);

const sources = globSync('{apps,libs,test/bench}/**/*.ts', { exclude: (path) => path.endsWith('.spec.ts') });
const assets = globSync('{apps,libs,test/bench}/**/*', { withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(ts|md)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));
const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/build.mjs'];

/** Files from packages that the gateway serves itself, so that its pages work without the internet. */
const borrowed = { 'node_modules/@scalar/api-reference/dist/browser/standalone.js': 'assets/scalar/standalone.js' };

const relative = (path) => path.replace(`${root}/`, '');
const fingerprint = () => {
  const hash = createHash('sha256');
  for (const path of [...sources, ...assets.map(relative), ...settings].toSorted((a, b) => (a < b ? -1 : 1))) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
};
const say = (text) => process.stderr.write(`build: ${text}\n`);
const copy = (from, to) => {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
};

const now = fingerprint();
const stamp = 'dist/.built-from';
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) {
  say('dist is current');
  process.exit(0);
}

const started = performance.now();
const next = `dist.next/${process.pid}`;
rmSync(next, { recursive: true, force: true });
const compiler = 'node_modules/typescript-7/bin/tsc';
const compiled = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', next], {
  encoding: 'utf8',
});
if (compiled.status !== 0) {
  rmSync(next, { recursive: true, force: true });
  process.stderr.write(`${compiled.stdout}${compiled.stderr}`);
  say('failed, dist is left as it was');
  process.exit(1);
}
for (const asset of assets.map(relative)) copy(asset, join(next, asset));
for (const [from, to] of Object.entries(borrowed)) copy(from, join(next, to));
writeFileSync(join(next, '.built-from'), now);
rmSync('dist', { recursive: true, force: true });
renameSync(next, 'dist');
rmSync('dist.next', { recursive: true, force: true });
say(`${sources.length} files in ${((performance.now() - started) / 1000).toFixed(1)} s`);
