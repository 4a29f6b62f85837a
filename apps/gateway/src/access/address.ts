import { isIPv6 } from 'node:net';

const mappedIPv4 = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
const groupsOfNetwork = 4; // /64: what one household or office is given

/** What failures are counted by: an IPv4 address, or the network (/64) of an IPv6 address, which has addresses enough. */
export function addressOf(ip: string): string {
  const [, ipv4] = mappedIPv4.exec(ip) ?? [];
  if (ipv4 !== undefined) return ipv4;
  const [bare = ''] = ip.split('%', 1);
  return isIPv6(bare) ? `${groupsOf(bare).slice(0, groupsOfNetwork).join(':')}::/64` : ip.slice(0, 64);
}

/** The eight groups, without leading zeros. */
function groupsOf(ipv6: string): readonly string[] {
  const [before = '', after] = ipv6.toLowerCase().split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const gap = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  const zeros = Array.from({ length: gap }, () => '0');
  return [...head, ...zeros, ...tail].map((group) => group.replace(/^0+(?=.)/, ''));
}
