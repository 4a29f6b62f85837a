import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import './check-node.mjs';

/**
 * Writes dist/sbom.cdx.json (CycloneDX 1.6): every package that the product is delivered with, from the lock file, with
 * version, licence, purl, hash and what it needs. Asks nobody; the same lock makes the same bytes.
 */

/** Packages whose licence was read from their text (test/architecture/licences.ts). */
const reviewed = { buildcheck: 'MIT', 'cpu-features': 'MIT', 'png-js': 'MIT', ssh2: 'MIT' };

const byText = (one, other) => (one < other ? -1 : Number(one > other));
const nameOf = (path) => path.split('node_modules/').pop();
const purlOf = (name, version) => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
/** The npm alias `a@npm:b` carries the name of the package it really is. */
const realName = (path, { name }) => name ?? nameOf(path);

/** @returns the document for a parsed package-lock.json */
export function sbomOf(lock, { name, version, license }) {
  const packages = Object.entries(lock.packages).filter(
    ([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional,
  );
  const paths = new Map(packages.map(([path, locked]) => [path, purlOf(realName(path, locked), locked.version)]));
  const components = new Map(packages.map(([path, locked]) => [paths.get(path), componentOf(path, locked)]));
  const root = `pkg:npm/${name}@${version}`;
  const needs = new Map();
  for (const [path, locked] of [['', lock.packages['']], ...packages]) {
    const from = path === '' ? root : paths.get(path);
    const own = { ...locked.dependencies, ...locked.optionalDependencies };
    const found = Object.keys(own).flatMap((each) => resolved(path, each, paths) ?? []);
    needs.set(from, [...new Set([...(needs.get(from) ?? []), ...found])].toSorted(byText));
  }
  const hash = createHash('sha256')
    .update(JSON.stringify([...components.keys()].toSorted(byText)))
    .digest('hex');
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': root,
        name,
        version,
        purl: root,
        licenses: [{ license: { id: license } }],
      },
    },
    components: [...components.values()].toSorted((one, other) => (one.purl < other.purl ? -1 : 1)),
    dependencies: [...needs].map(([ref, dependsOn]) => ({ ref, dependsOn })),
  };
}

/** As Node looks for it: in the package's own folder, then in each folder above. */
function resolved(path, name, paths) {
  for (let folder = path; ; folder = folder.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/, '')) {
    const found = paths.get(`${folder === '' ? '' : `${folder}/`}node_modules/${name}`);
    if (found !== undefined || folder === '') return found;
  }
}

function componentOf(path, locked) {
  const name = realName(path, locked);
  const purl = purlOf(name, locked.version);
  const licence = locked.license ?? reviewed[name];
  const isExpression = / (?:AND|OR|WITH) /.test(licence ?? '');
  return {
    ...{ type: 'library', 'bom-ref': purl, name, version: locked.version, purl },
    ...(locked.optional && { scope: 'optional' }),
    ...(licence && { licenses: [isExpression ? { expression: licence } : { license: { id: licence } }] }),
    ...(locked.integrity && { hashes: [hashOf(locked.integrity)] }),
  };
}

const algorithms = { sha512: 'SHA-512', sha384: 'SHA-384', sha256: 'SHA-256', sha1: 'SHA-1' };
function hashOf(integrity) {
  const [, algorithm, base64] = /^(sha\d+)-(.+)$/.exec(integrity.split(' ', 1)[0]) ?? [];
  return { alg: algorithms[algorithm], content: Buffer.from(base64 ?? '', 'base64').toString('hex') };
}

/** What a list of parts must say of each, and does not; nothing: it is whole. */
export const sbomFaults = ({ components, dependencies }) => {
  const known = new Set(components.map((each) => each['bom-ref']));
  return [
    ...components.flatMap(({ purl, version, licenses, hashes }) =>
      [
        [!version, 'version'],
        [!/^pkg:npm\/.+@.+$/.test(purl), 'purl'],
        [!licenses, 'licence'],
        [!hashes?.[0]?.alg || !hashes[0].content, 'hash'],
      ].flatMap(([isMissing, what]) => (isMissing ? [`${purl}: no ${what}`] : [])),
    ),
    ...dependencies.flatMap(({ ref, dependsOn }) =>
      dependsOn.filter((each) => !known.has(each)).map((each) => `${ref} needs ${each}, which is not listed`),
    ),
  ];
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = join(import.meta.dirname, '..');
  const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const document = sbomOf(read('package-lock.json'), read('package.json'));
  const faults = sbomFaults(document);
  for (const fault of faults) process.stdout.write(`sbom: ${fault}\n`);
  if (!existsSync(join(root, 'dist'))) mkdirSync(join(root, 'dist'));
  writeFileSync(join(root, 'dist/sbom.cdx.json'), `${JSON.stringify(document, null, 2)}\n`);
  process.stdout.write(`sbom: dist/sbom.cdx.json, ${document.components.length} packages, ${faults.length} problems\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
