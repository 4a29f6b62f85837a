import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
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
import { gzipSync } from 'node:zlib';
import './check-node.mjs';

/**
 * Compiles apps, libs and test/bench to dist/ and puts the files beside them that are read at run time. Does nothing
 * when dist/ was made from exactly these files. Says one line, on stderr: stdout belongs to the command that follows.
 * The new tree is made beside the old one and takes its place only when it is whole.
 */
const root = join(import.meta.dirname, '..');
process.chdir(root);

const isConsole = (path) => path.includes('apps/console/');
const sources = globSync('{apps,libs,test/bench}/**/*.ts', {
  exclude: (path) => path.endsWith('.spec.ts') || path === 'apps/console',
});
const assets = globSync('{apps,libs,test/bench}/**/*', { withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(ts|md)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => !isConsole(path));
/** What the console is made of: itself, the words and verdicts of the libraries, and the API's document. */
const consoleSources = [
  ...globSync('apps/console/**/*.{ts,tsx,css,json,html,svg,js}', { exclude: ['**/*.spec.*', '**/generated/**'] }),
  ...globSync('libs/{contracts,access,inquiry}/**/*.ts', { exclude: ['**/*.spec.ts'] }),
  'docs/openapi.json',
];
const settings = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/build.mjs',
  'scripts/vite.config.mjs',
];

/** Files from packages that the gateway serves itself, so that its pages work without the internet. */
const borrowed = { 'node_modules/@scalar/api-reference/dist/browser/standalone.js': 'assets/scalar/standalone.js' };

const relative = (path) => path.replace(`${root}/`, '');
const fingerprint = (paths) => {
  const hash = createHash('sha256');
  for (const path of paths.toSorted((a, b) => (a < b ? -1 : 1))) {
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

const ofConsole = fingerprint([...consoleSources, ...settings]);
/** The document of the API is printed by a server whose console may still be waiting for that document. */
const withConsole = !process.argv.includes('--without-console');
const now = `${fingerprint([...sources, ...assets.map(relative), ...settings])} ${withConsole ? ofConsole : 'none'}`;
const stamp = 'dist/.built-from';
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) {
  say('dist is current');
  process.exit(0);
}

/** Bundles the console, or takes the bundle of the last build when it was made from the same. */
function bundleConsole(folder) {
  const last = 'dist/console';
  const mark = '.bundled-from';
  if (existsSync(join(last, mark)) && readFileSync(join(last, mark), 'utf8') === ofConsole) {
    cpSync(last, join(folder, 'console'), { recursive: true });
    return 'the console of the last build';
  }
  run('scripts/client.mjs', []);
  run('node_modules/vite/bin/vite.js', [
    ...['build', '--config', 'scripts/vite.config.mjs', '--logLevel', 'warn'],
    ...['--outDir', join(root, folder, 'console'), '--emptyOutDir'],
  ]);
  // squeezed once here instead of on every request
  for (const path of globSync(join(folder, 'console/assets/*.{js,css}')))
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
  writeFileSync(join(folder, 'console', mark), ofConsole);
  return 'the console';
}

/** Runs a step of the build; what it has to say is shown when it fails, and dist/ stays as it was. */
function run(script, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  if (status === 0) return;
  rmSync(next, { recursive: true, force: true });
  process.stderr.write(`${stdout}${stderr}`);
  say('failed, dist is left as it was');
  process.exit(1);
}

const started = performance.now();
const next = `dist.next/${process.pid}`;
rmSync(next, { recursive: true, force: true });
const compiler = 'node_modules/typescript-7/bin/tsc';
run(compiler, ['-p', 'tsconfig.build.json', '--outDir', next]);
for (const asset of assets.map(relative)) copy(asset, join(next, asset));
for (const [from, to] of Object.entries(borrowed)) copy(from, join(next, to));
const consoleWords = withConsole ? bundleConsole(next) : 'without console';
writeFileSync(join(next, '.built-from'), now);
rmSync('dist', { recursive: true, force: true });
renameSync(next, 'dist');
rmSync('dist.next', { recursive: true, force: true });
say(`${sources.length} files and ${consoleWords} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
