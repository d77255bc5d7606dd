import type { FastifyRequest } from 'fastify';

export const cookieOf = ({ headers, server }: FastifyRequest, name: string): string | null =>
  headers.cookie === undefined ? null : (server.parseCookie(headers.cookie)[name] ?? null);
