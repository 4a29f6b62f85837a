import { readFileSync } from 'node:fs';

/** Ends the process with one clear sentence when the running Node is older than package.json asks for. */
const wanted = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).engines.node;
const parts = (version) => version.replace(/^\D+/, '').split('.').map(Number);
const [wantedMajor, wantedMinor = 0] = parts(wanted);
const [major, minor] = parts(process.versions.node);

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  process.stderr.write(
    `Node ${wanted} is needed, but this is Node ${process.versions.node} (${process.execPath}).\n` +
      'On Linux (x64, arm64) `npm ci` brings it along: use `npm run …`, which finds it first. ' +
      'Elsewhere install the version named in .nvmrc.\n' +
      'If you did use `npm run` on Linux, the optional dependencies were left out: run `npm ci --include=optional`.\n',
  );
  process.exit(1);
}
