import type { FastifyRequest } from 'fastify';

/** A cookie of the request, null where it did not come. Parsed where it is asked for: few routes do. */
export const cookieOf = ({ headers, server }: FastifyRequest, name: string): string | null =>
  headers.cookie === undefined ? null : (server.parseCookie(headers.cookie)[name] ?? null);
