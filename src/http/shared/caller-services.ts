import type { FastifyRequest } from 'fastify';
import type { CommandServices } from '../../commands/services.js';
import { callerNetwork } from './caller-network.js';

/** The services as this caller may use them: passwords are hashed within the share of its address, and only while it waits. */
export const servicesFor = (request: FastifyRequest, services: CommandServices): CommandServices => {
  const { handler, clock, keys, passwords, tries, deferred, settings } = services;
  const { forCaller } = passwords;
  if (forCaller === undefined) return services;
  const { socket } = request.raw;
  const whenGone = (leave: () => void): (() => void) => {
    if (socket.destroyed) leave();
    else socket.once('close', leave);
    return () => void socket.off('close', leave);
  };
  // Few commands hash passwords: the others do not pay for it.
  return {
    handler,
    clock,
    keys,
    tries,
    deferred,
    settings,
    get passwords() {
      return forCaller({ address: callerNetwork(request.ip), whenGone });
    },
  };
};
