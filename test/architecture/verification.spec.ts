import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { repository } from './small-tree.ts';

const delivered = globSync('{apps,libs,config}/**/*.{ts,mjs,yaml}', { cwd: repository, exclude: ['**/*.spec.ts'] });
const more = [
  'Dockerfile',
  'docker-compose.yml',
  'package.json',
  '.ci/run',
  '.env.example',
  ...globSync('scripts/*', { cwd: repository }),
];

/** Every way to make Node, its TLS or a tool trust whoever answers. */
const switches = [
  /rejectUnauthorized\s*:(?!\s*true\b)/,
  /NODE_TLS_REJECT_UNAUTHORIZED(?!['"\]]*\s*(?:\]|,|'|;|!==))/,
  /checkServerIdentity\s*:\s*\(\)\s*=>/,
  /strict-ssl\s*[=:]?\s*false/,
  /sslmode=(?:disable|allow|no-verify)/,
  /(?:curl|wget)[^\n]*(?:\s-k\b|--insecure|--no-check-certificate)/,
];
const faultsIn = (text: string): string[] => switches.filter((each) => each.test(text)).map(String);

describe('verification of certificates', () => {
  it('cannot be switched off anywhere in what is delivered', () => {
    const found = [...delivered, ...more]
      .filter((path) => path !== 'libs/platform/src/door-problems.ts')
      .flatMap((path) => faultsIn(readFileSync(`${repository}${path}`, 'utf8')).map((fault) => `${path}: ${fault}`));
    expect(delivered.length).toBeGreaterThan(300);
    expect(found).toEqual([]);
  });

  it.each([
    'connect({ rejectUnauthorized: false })',
    'connect({ rejectUnauthorized: isStrict })',
    "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'",
    'ENV NODE_TLS_REJECT_UNAUTHORIZED=0',
    'connect({ checkServerIdentity: () => undefined })',
    'curl -k https://agency.example',
    'postgres://a/b?sslmode=disable',
  ])('is seen to be off in: %s', (text) => {
    expect(faultsIn(text)).not.toEqual([]);
  });

  it('is on where it is said', () => {
    expect(faultsIn('createServer({ requestCert: true, rejectUnauthorized: true })')).toEqual([]);
  });
});
