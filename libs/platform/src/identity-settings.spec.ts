import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from './environment.ts';

const production = {
  CHAKONG_PROFILE: 'production',
  DATABASE_URL: 'postgres://chakong@db.example/chakong',
  CHAKONG_ENCRYPTION_KEYS_FILE: '/run/keys.json',
  CHAKONG_OIDC_ISSUER: 'https://id.court.example',
  CHAKONG_PUBLIC_URL: 'https://chakong.court.example',
};
const wrong = (source: Record<string, string>): string[] => {
  const read = readEnvironment(source);
  return read.ok ? [] : read.problems.map(({ key }) => key);
};

describe('production', () => {
  it('takes a provider over https and people over https', () => {
    expect(wrong(production)).toEqual([]);
  });

  it.each([
    'http://id.court.example',
    'https://localhost:7500',
    'https://id.localhost',
    'http://127.0.0.1:7500',
    'https://127.9.9.9',
    'https://[::1]:7500',
    'https://0.0.0.0',
  ])('refuses the provider %s', (issuer) => {
    expect(wrong({ ...production, CHAKONG_OIDC_ISSUER: issuer })).toEqual(['CHAKONG_OIDC_ISSUER']);
  });

  it('refuses sessions over plain http, and so it does where NODE_ENV says production', () => {
    expect(wrong({ ...production, CHAKONG_PUBLIC_URL: 'http://chakong.court.example' })).toEqual([
      'CHAKONG_PUBLIC_URL',
    ]);
    const { CHAKONG_PUBLIC_URL: _, ...without } = production;
    expect(wrong(without)).toEqual(['CHAKONG_PUBLIC_URL']);
    const demo = { CHAKONG_PROFILE: 'demo', CHAKONG_OIDC_ISSUER: 'http://127.0.0.1:7500' };
    expect(wrong(demo)).toEqual([]);
    expect(wrong({ ...demo, NODE_ENV: 'production' })).toEqual(['CHAKONG_OIDC_ISSUER', 'CHAKONG_PUBLIC_URL']);
  });

  it('never shows the secret of the client', () => {
    const read = readEnvironment({ ...production, CHAKONG_OIDC_CLIENT_SECRET: 'short' });
    expect(JSON.stringify(read)).not.toContain('short"');
    expect(wrong({ ...production, CHAKONG_OIDC_CLIENT_SECRET: 'short' })).toEqual(['CHAKONG_OIDC_CLIENT_SECRET']);
  });
});
