import { describe, expect, it } from '@jest/globals';
import { channelConfigSchema } from './channel.ts';
import { endpointProblems } from './endpoint.ts';

const base = { channelId: 'city', nameZh: '市', nameEn: 'City', adapter: 'real-estate', mode: 'call' };
const problems = (config: object, plainLoopback = false): string[] =>
  endpointProblems(channelConfigSchema.parse({ ...base, ...config }), plainLoopback).map(
    ({ path, expected }) => `${path}: ${expected}`,
  );

describe('the address of a channel', () => {
  it('is fine when it is public and https, with the code of the agency behind the host', () => {
    expect(problems({ baseUrl: 'https://city.example.cn/q/{code}' })).toEqual([]);
    expect(problems({ baseUrl: 'https://10.1.2.3/q', allowedNetworks: ['10.1.0.0/16'] })).toEqual([]);
  });

  it.each([
    ['http', { baseUrl: 'http://city.example.cn/' }, ['baseUrl: https://…']],
    ['another scheme', { baseUrl: 'ftp://city.example.cn/' }, ['baseUrl: https://…']],
    ['a file', { baseUrl: 'file:///etc/passwd' }, ['baseUrl: https://…']],
    ['credentials', { baseUrl: 'https://a:b@city.example.cn/' }, ['baseUrl: an address without a user or password']],
    ['a query', { baseUrl: 'https://city.example.cn/?a=1' }, ['baseUrl: an address without ? and #']],
    ['the code in the host', { baseUrl: 'https://{code}.example.cn/' }, ['baseUrl: a host without {code}']],
    ['the code in the port', { baseUrl: 'https://city.example.cn:1{code}/' }, null],
    ['the code as user', { baseUrl: 'https://{code}@city.example.cn/' }, ['baseUrl: a host without {code}']],
    ['metadata', { baseUrl: 'https://169.254.169.254/' }, ['baseUrl: a public address, or one in allowedNetworks']],
    [
      'loopback in another spelling',
      { baseUrl: 'https://0x7f.1/' },
      ['baseUrl: a public address, or one in allowedNetworks'],
    ],
    ['loopback of IPv6', { baseUrl: 'https://[::1]/' }, ['baseUrl: a public address, or one in allowedNetworks']],
    [
      'a box inside',
      { settings: { sftp: { host: '10.0.0.1' } } },
      ['settings.sftp.host: a public address, or one in allowedNetworks'],
    ],
    [
      'tls without https',
      { simulated: true, baseUrl: 'http://city.example.cn/', tls: {} },
      ['tls: left out: baseUrl is not https'],
    ],
  ])('is refused: %s', (_, config, expected) => {
    if (expected === null) expect(() => problems(config)).toThrow();
    else expect(problems(config)).toEqual(expected);
  });

  it('is http for simulators, and on this computer outside production', () => {
    const here = { baseUrl: 'http://127.0.0.1:1/', allowedNetworks: ['127.0.0.0/8'] };
    expect(problems({ ...here, simulated: true })).toEqual([]);
    expect(problems(here, true)).toEqual([]);
    expect(problems(here, false)).toEqual(['baseUrl: https://…']);
  });

  it('never says what was written', () => {
    const said = endpointProblems(
      channelConfigSchema.parse({ ...base, baseUrl: 'http://user:canary@10.0.0.1/?canary' }),
      false,
    );
    expect(said).toHaveLength(4);
    expect(JSON.stringify(said)).not.toContain('canary');
  });
});
