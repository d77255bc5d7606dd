import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { CommandServices } from '../../commands/services.js';

const IPV4_IN_IPV6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const GROUPS = 8;
const OF_THE_NETWORK = 4;

/** The address, or for IPv6 its /64: whoever has one address of it has all of them. */
export const networkOf = (address: string): string => {
  const inside = IPV4_IN_IPV6.exec(address)?.[1];
  if (inside !== undefined || !isIPv6(address)) return inside ?? address;
  const [start = '', end] = (address.split('%')[0] ?? '').split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const known = [...start, ...(end ?? [])].length;
  const groups = [...start, ...Array<string>(end === undefined ? 0 : Math.max(0, GROUPS - known)).fill('0'), ...(end ?? [])];
  return `${groups.slice(0, OF_THE_NETWORK).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
};

/** The services as this caller may use them: passwords are hashed within the share of its address, and only while it waits. */
export const servicesFor = (request: FastifyRequest, services: CommandServices): CommandServices => {
  const { handler, clock, keys, passwords, settings } = services;
  if (passwords.forCaller === undefined) return services;
  const { socket } = request.raw;
  const whenGone = (leave: () => void): (() => void) => {
    if (socket.destroyed) leave();
    else socket.once('close', leave);
    return () => void socket.off('close', leave);
  };
  return { handler, clock, keys, settings, passwords: passwords.forCaller({ address: networkOf(request.ip), whenGone }) };
};
