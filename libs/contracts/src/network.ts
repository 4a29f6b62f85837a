import { z } from 'zod';

/** A network as CIDR: `10.20.0.0/16`, `fd00:1::/48`; one address is `/32` or `/128`. */
export const networkSchema = z.union([z.cidrv4(), z.cidrv6()], 'a network such as 10.20.0.0/16 or fd00:1::/48');

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/**
 * Whether an address lies in one of the networks. IPv4 that is written as IPv6 (`::ffff:10.0.0.1`) counts as IPv4. What is
 * no address lies in none.
 */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  const found = addressOf(address);
  return found !== null && networks.some((network) => isIn(found, network));
}

/** Whether the text is an address, and no host name. */
export const isAddress = (text: string): boolean => addressOf(text) !== null;

/**
 * Whether an agency may be called there: an address of the public internet, or one in a network that the channel lists.
 * Loopback, private and link-local networks (with the metadata services of clouds), shared, multicast, reserved and
 * documentation ranges are not public (IANA special-purpose registries), nor is IPv6 that carries an IPv4 address on.
 */
export function mayBeCalled(address: string, allowedNetworks: readonly string[]): boolean {
  const found = addressOf(address);
  if (found === null) return false;
  if (allowedNetworks.some((network) => isIn(found, network))) return true;
  if (found.bits === 32) return !special4.some((network) => isIn(found, network));
  return isIn(found, globalUnicast) && !special6.some((network) => isIn(found, network));
}

const special4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
const globalUnicast = '2000::/3'; // all else, from ::1 over fc00::/7 and fe80::/10 to ff00::/8, is not public
const special6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

function isIn({ bits, value }: Address, network: string): boolean {
  const [start = '', length = ''] = network.split('/', 2);
  const first = addressOf(start);
  if (first === null || first.bits !== bits || !/^\d{1,3}$/.test(length)) return false;
  const shift = BigInt(bits - Math.min(Number(length), bits));
  return value >> shift === first.value >> shift;
}

const mapped = 0xffffn << 32n; // ::ffff:0:0/96

function addressOf(text: string): Address | null {
  const value4 = value4Of(text);
  if (value4 !== null) return { bits: 32, value: value4 };
  const value = value6Of(text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, ''));
  if (value === null) return null;
  return value >> 32n === mapped >> 32n ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
}

function value4Of(text: string): bigint | null {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return null;
  const parts = text.split('.').map(Number);
  return parts.every((part) => part <= 255) ? parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n) : null;
}

function value6Of(text: string): bigint | null {
  const groups = groupsOf(text);
  if (groups === null || groups.length !== 8 || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/** The eight groups, with what `::` stands for and an IPv4 tail written out; null: no IPv6. */
function groupsOf(text: string): readonly string[] | null {
  const [, head = '', tail = ''] = /^(.*:)(\d+\.[\d.]+)$/.exec(text) ?? [];
  const value4 = tail === '' ? null : value4Of(tail);
  if (tail !== '' && value4 === null) return null;
  const last = value4 === null ? text : `${head}${(value4 >> 16n).toString(16)}:${(value4 & 0xffffn).toString(16)}`;
  const [left = '', right, ...more] = last.split('::');
  if (more.length > 0) return null;
  const parts = (side: string): string[] => (side === '' ? [] : side.split(':'));
  if (right === undefined) return parts(left);
  const missing = 8 - parts(left).length - parts(right).length;
  return missing < 1 ? null : [...parts(left), ...Array<string>(missing).fill('0'), ...parts(right)];
}
