import { isIP } from 'node:net';

/** The number of proxies in front, or the addresses and networks of these; false: none. Never everybody: callers could name themselves. */
export type TrustedProxies = false | number | readonly string[];

const MOST_PROXIES = 16;
/** Wider networks than a private one hold callers, too. */
const WIDEST_PREFIX: Readonly<Record<number, readonly [widest: number, narrowest: number]>> = { 4: [8, 32], 6: [7, 128] };
const NAMED_NETWORKS = new Set(['loopback', 'linklocal', 'uniquelocal']);

const isNetwork = (text: string): boolean => {
  if (NAMED_NETWORKS.has(text)) return true;
  const [address = '', prefix, ...more] = text.split('/');
  const bounds = WIDEST_PREFIX[isIP(address)];
  if (bounds === undefined || more.length > 0) return false;
  if (prefix === undefined) return true;
  const [widest, narrowest] = bounds;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) >= widest && Number(prefix) <= narrowest;
};

/** Undefined for a text that means none of them. */
export const trustedProxies = (text: string): TrustedProxies | undefined => {
  if (text === 'off') return false;
  if (/^\d+$/.test(text)) return Number(text) >= 1 && Number(text) <= MOST_PROXIES ? Number(text) : undefined;
  const networks = text.split(',').map((part) => part.trim());
  return networks.every(isNetwork) ? Object.freeze(networks) : undefined;
};
