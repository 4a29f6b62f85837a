import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { repository } from './small-tree.ts';

type Json = any; // scripts are plain JavaScript
const { judge, exceptionFaults } = (await import(`${repository}scripts/audit.mjs`)) as Json;
const { sbomOf, sbomFaults } = (await import(`${repository}scripts/sbom.mjs`)) as Json;
const read = (file: string): Json => JSON.parse(readFileSync(`${repository}${file}`, 'utf8'));

const weakness = (severity: string) =>
  JSON.stringify({
    vulnerabilities: {
      axios: { name: 'axios', severity, via: [{ severity, url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc' }] },
      relay: { name: 'relay', severity, via: ['axios'] },
    },
    metadata: { vulnerabilities: { total: 2 } },
  });
const excuse = {
  package: 'axios',
  advisory: 'GHSA-aaaa-bbbb-cccc',
  reason: 'we never call what is weak',
  until: '2026-12-31',
};

describe('the audit of packages', () => {
  it('fails on high and critical, and on nothing less', () => {
    for (const [severity, verdict] of [
      ['critical', 'weak'],
      ['high', 'weak'],
      ['moderate', 'clean'],
      ['low', 'clean'],
    ])
      expect([severity, judge(weakness(severity!), [], '2026-11-01').verdict]).toEqual([severity, verdict]);
  });

  it('takes an exception until its day', () => {
    expect(judge(weakness('high'), [excuse], '2026-12-31').verdict).toBe('clean');
    expect(judge(weakness('high'), [excuse], '2027-01-01')).toEqual({
      verdict: 'weak',
      lines: [expect.stringContaining('axios'), expect.stringContaining('ended')],
    });
    expect(judge(weakness('high'), [{ ...excuse, advisory: 'GHSA-other' }], '2026-11-01').verdict).toBe('weak');
    expect(exceptionFaults([excuse])).toEqual([]);
    expect(
      exceptionFaults([
        { ...excuse, reason: 'because' },
        { ...excuse, until: 'soon' },
      ]),
    ).toHaveLength(2);
    expect(exceptionFaults(read('scripts/audit-exceptions.json'))).toEqual([]);
  });

  it('never takes silence for clean', () => {
    const silent = [
      '',
      'not json',
      '{}',
      '{"error":{"code":"ENOAUDIT"}}',
      '{"message":"404 Not Found"}',
      '{"vulnerabilities":{}}',
    ];
    for (const output of silent)
      expect([output, judge(output, [], '2026-11-01').verdict]).toEqual([output, 'not-checked']);
    expect(judge('{"vulnerabilities":{},"metadata":{"vulnerabilities":{"total":0}}}', [], '2026-11-01').verdict).toBe(
      'clean',
    );
  });

  it('is part of what the pipeline runs', () => {
    const run = readFileSync(`${repository}.ci/run`, 'utf8');
    expect(run).toContain('npm run --silent audit || status=1');
    expect(run).toContain('npm run --silent sbom || status=1');
  });
});

describe('the list of parts (SBOM)', () => {
  const lock = read('package-lock.json');
  const document = sbomOf(lock, read('package.json'));

  it('names every package that is delivered, with version, licence, purl and hash, and nothing else', () => {
    expect(sbomFaults(document)).toEqual([]);
    const delivered = Object.entries<Json>(lock.packages).filter(
      ([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional,
    );
    const listed = new Set(document.components.map(({ name, version }: Json) => `${name}@${version}`));
    const missing = delivered
      .map(([path, { name, version }]) => `${name ?? path.split('node_modules/').pop()}@${version}`)
      .filter((each) => !listed.has(each));
    expect(missing).toEqual([]);
    expect(listed.size).toBeGreaterThan(100);
    expect([...listed].filter((each) => String(each).startsWith('jest@'))).toEqual([]);
    for (const name of Object.keys(read('package.json').dependencies))
      expect(document.dependencies[0].dependsOn.some((purl: string) => purl.includes(name.replace('@', '%40')))).toBe(
        true,
      );
  });

  it('is a CycloneDX document that says the same every time', () => {
    expect(document).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 });
    expect(document.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(sbomOf(lock, read('package.json'))).toEqual(document);
  });

  it('is refused where something is missing', () => {
    const bare = { 'bom-ref': 'pkg:npm/a@1.0.0', purl: 'pkg:npm/a@1.0.0', name: 'a', version: '1.0.0' };
    const faults = sbomFaults({ components: [bare], dependencies: [{ ref: 'x', dependsOn: ['pkg:npm/b@1.0.0'] }] });
    expect(faults).toEqual([
      'pkg:npm/a@1.0.0: no licence',
      'pkg:npm/a@1.0.0: no hash',
      expect.stringContaining('not listed'),
    ]);
  });
});
