import type { FastifyRequest } from 'fastify';

/** The origin under which the request reached us, such as https://api.example; the usual port is left out. */
export const ownOrigin = ({ protocol, host }: FastifyRequest): string => {
  const url = `${protocol}://${host}`;
  return URL.canParse(url) ? new URL(url).origin : `${protocol}://localhost`;
};
