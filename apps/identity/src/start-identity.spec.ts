import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLog } from '#platform';
import { identityKeys } from './keys.ts';
import { pickerPage } from './pages.ts';
import { type IdentityOptions, startIdentity } from './start-identity.ts';

let dataDir = '';
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'chakong-identity-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const options = (more: Partial<IdentityOptions> = {}): IdentityOptions => ({
  ...{ host: '127.0.0.1', port: 0, dataDir, clientId: 'chakong', people: [], production: false },
  gatewayUrl: 'http://localhost:7300',
  gatewayDirectUrl: () => 'http://localhost:7300',
  log: createLog({ service: 'identity', version: 'test', level: 'error', destination: { write: () => {} } }),
  now: () => new Date(),
  ...more,
});

describe('the sign-in of the demo', () => {
  it('does not start in production', async () => {
    await expect(startIdentity(options({ production: true }))).rejects.toMatchObject({
      name: 'IdentityRefused',
      code: 'identity-in-production',
      message: expect.stringContaining('CHAKONG_OIDC_ISSUER'),
    });
  });

  it('signs with keys that are kept, where only this account reads them', async () => {
    const first = await identityKeys(dataDir);
    expect(await identityKeys(dataDir)).toEqual(first);
    expect(statSync(join(dataDir, 'identity', 'keys.json')).mode & 0o777).toBe(0o600);
  });

  it('shows a button per person, and nothing that runs or comes from elsewhere', () => {
    const name = '<b>赵&执</b>';
    const page = pickerPage('uid', [
      { userId: 'usr_zhao', name, courtName: '某市某区人民法院', roles: ['officer', 'ops'] },
    ]);
    expect(page).toContain('&lt;b&gt;赵&amp;执&lt;/b&gt;');
    expect(page).toContain('执行员 Officer · 运维 Operations');
    expect(page).not.toContain(name);
    expect(page).not.toMatch(/<script|style=|https?:/);
  });
});
