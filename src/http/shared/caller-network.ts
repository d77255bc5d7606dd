import { isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const GROUPS_OF_A_NETWORK = 4;
const GROUPS = 8;

const groupsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));

/** What one caller has at least: an address, or in IPv6, where a caller may use 2^64 of them, the /64 network. */
export const callerNetwork = (address: string): string => {
  if (!address.includes(':')) return address;
  const [, plain] = MAPPED.exec(address) ?? [];
  if (plain !== undefined) return plain;
  if (!isIPv6(address)) return address;
  const [withoutZone = ''] = address.split('%');
  const [before = '', after = ''] = withoutZone.split('::');
  const [first, last] = [groupsOf(before), groupsOf(after)];
  const all = [...first, ...Array.from({ length: Math.max(0, GROUPS - first.length - last.length) }, () => '0'), ...last];
  return `${all.slice(0, GROUPS_OF_A_NETWORK).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
};
