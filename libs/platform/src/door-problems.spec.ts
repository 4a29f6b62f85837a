import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from './environment.ts';

const keysOf = (source: Record<string, string>): string[] => {
  const read = readEnvironment({ CHAKONG_PROFILE: 'demo', ...source });
  return read.ok ? [] : read.problems.map(({ key }) => key);
};

describe('settings that mean something only together', () => {
  it.each<[Record<string, string>, string[]]>([
    [{}, []],
    [{ CHAKONG_DOORS_TLS_CERT_FILE: 'a' }, ['CHAKONG_DOORS_TLS_CERT_FILE']],
    [{ CHAKONG_DOORS_TLS_CERT_FILE: 'a', CHAKONG_DOORS_TLS_KEY_FILE: 'b', CHAKONG_DOORS_CLIENT_CA_FILE: 'c' }, []],
    [{ CHAKONG_DOORS_CLIENT_CA_FILE: 'c' }, ['CHAKONG_DOORS_CLIENT_CA_FILE']],
    [{ CHAKONG_DOORS_CLIENT_CERT_HEADER: 'x-cert' }, ['CHAKONG_DOORS_CLIENT_CERT_HEADER']],
    [
      {
        CHAKONG_DOORS_CLIENT_CERT_HEADER: 'x-cert',
        CHAKONG_DOORS_CLIENT_CA_FILE: 'c',
        CHAKONG_TRUST_PROXY: '10.0.0.5',
      },
      [],
    ],
    [{ CHAKONG_TRUST_PROXY: 'everybody' }, ['CHAKONG_TRUST_PROXY']],
  ])('are refused one without the other: %j', (source, keys) => {
    expect(keysOf(source)).toEqual(keys);
  });

  it('read addresses as networks', () => {
    const read = readEnvironment({ CHAKONG_PROFILE: 'demo', CHAKONG_TRUST_PROXY: '10.0.0.5, ::1,10.1.0.0/24' });
    expect(read.ok && read.settings.trustedProxies).toEqual(['10.0.0.5/32', '::1/128', '10.1.0.0/24']);
  });
});

describe('a process that is told to trust whoever answers', () => {
  it('does not start', () => {
    expect(keysOf({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual(['NODE_TLS_REJECT_UNAUTHORIZED']);
    expect(keysOf({ NODE_TLS_REJECT_UNAUTHORIZED: '1' })).toEqual([]);
  });
});
