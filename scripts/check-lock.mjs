import { readFileSync } from 'node:fs';
import './check-node.mjs';

/**
 * Looks at package-lock.json for what `npm install` lets pass and `npm ci` (or another network) does not:
 * platform packages that are named but not carried, download addresses, ranges, and second copies of packages that
 * must be single. Run it on every change of a dependency.
 */
const lock = JSON.parse(readFileSync(process.argv[2] ?? 'package-lock.json', 'utf8'));
const packages = Object.entries(lock.packages);
const nameOf = (path) => path.split('node_modules/').pop();
const carried = new Set(packages.map(([path]) => nameOf(path)));

/** Two copies of these break types, metrics or the queue. */
const single = ['zod', 'bullmq', '@bull-board/api', 'prom-client'];

const missingPlatformPackages = packages.flatMap(([path, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => !carried.has(name))
    .map((name) => `${nameOf(path) || 'package.json'} names ${name}, which the lock does not carry`),
);
const downloadAddresses = packages
  .filter(([, { resolved }]) => resolved !== undefined)
  .map(([path]) => `${path} carries a download address: remove "resolved", another network has another registry`);
const copies = single
  .map((name) => [name, packages.filter(([path]) => nameOf(path) === name).length])
  .filter(([, count]) => count > 1)
  .map(([name, count]) => `${name} is there ${count} times, and must be there once`);
const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = lock.packages[''] ?? {};
const ranges = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
  .filter(([, version]) => !/^(npm:.+@)?\d+\.\d+\.\d+([-+].*)?$/.test(version))
  .map(([name, version]) => `${name} is "${version}": write an exact version`);

const problems = [...missingPlatformPackages, ...downloadAddresses, ...copies, ...ranges];
for (const problem of problems) process.stdout.write(`package-lock: ${problem}\n`);
process.stdout.write(`package-lock: ${packages.length} packages, ${problems.length} problems\n`);
process.exit(problems.length > 0 ? 1 : 0);
