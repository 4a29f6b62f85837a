import { BlockList } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isAddress, isInNetworks, mayBeCalled } from './network.ts';

describe('a network', () => {
  it('holds the addresses that Node says it holds', () => {
    const anyNetwork = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }));
    fc.assert(
      fc.property(fc.ipV4(), anyNetwork, (address, [start, length]) => {
        const list = new BlockList();
        list.addSubnet(start, length, 'ipv4');
        expect(isInNetworks(address, [`${start}/${length}`])).toBe(list.check(address, 'ipv4'));
      }),
    );
    fc.assert(
      fc.property(fc.ipV6(), fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })), (address, [start, length]) => {
        const list = new BlockList();
        list.addSubnet(start, length, 'ipv6');
        // Node looks at IPv4 in IPv6 only beside IPv4 rules; here it always counts as IPv4
        fc.pre(!/^(::|0:0:0:0:0:)ffff:/i.test(address) && !/^(::|0:0:0:0:0:)ffff:/i.test(start));
        expect(isInNetworks(address, [`${start}/${length}`])).toBe(list.check(address, 'ipv6'));
      }),
    );
  });

  it('is no network when it cannot be read', () => {
    for (const network of ['', '10.0.0.0', '10.0.0.0/', '10.0.0/8', '::1', 'x/8'])
      expect([network, isInNetworks('10.0.0.1', [network])]).toEqual([network, false]);
  });
});

describe('an address that may be called', () => {
  it.each([
    ['loopback', ['127.0.0.1', '127.255.0.9', '::1', '0.0.0.0', '::']],
    ['private', ['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fd00::1', 'fc00::1']],
    ['link-local, with the metadata of clouds', ['169.254.169.254', 'fe80::1', 'fe80::1%eth0', 'fd00:ec2::254']],
    ['shared by carriers', ['100.64.0.1', '100.100.100.200', '100.127.255.255']],
    ['multicast, broadcast, reserved', ['224.0.0.1', '239.1.1.1', '255.255.255.255', '240.0.0.1', 'ff02::1']],
    ['for documents and tests', ['192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1']],
    [
      'IPv4 in IPv6',
      ['::ffff:10.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', '2001:0:1::1'],
    ],
    ['no address', ['localhost', '', '1.2.3', '256.1.1.1', '1::2::3', 'g::1', '0x7f.1']],
  ])('is none that is %s', (_, addresses) => {
    for (const address of addresses) expect([address, mayBeCalled(address, [])]).toEqual([address, false]);
  });

  it('is public, or in a network of the channel', () => {
    for (const address of [
      '1.1.1.1',
      '100.63.255.255',
      '172.32.0.1',
      '::ffff:8.8.8.8',
      '2606:4700::1111',
      '[2606:4700::1]',
    ])
      expect([address, mayBeCalled(address, [])]).toEqual([address, true]);
    expect(mayBeCalled('10.20.1.1', ['10.20.0.0/16'])).toBe(true);
    expect(mayBeCalled('::ffff:10.20.1.1', ['10.20.0.0/16'])).toBe(true);
    expect(mayBeCalled('10.21.1.1', ['10.20.0.0/16'])).toBe(false);
    expect(mayBeCalled('fd00:1::9', ['fd00:1::/32'])).toBe(true);
    expect(mayBeCalled('fd00:2::9', ['fd00:1::/32'])).toBe(false);
  });

  it('is told from a name', () => {
    expect(['1.2.3.4', '::1', '[::1]', 'bank.example', '1.2.3.4.5'].map(isAddress)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
