import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { HttpServices } from '../http-services.js';

const READABLE_HEADERS = ['x-position', 'x-request-id', 'idempotency-replayed', 'retry-after', 'x-ratelimit-remaining'];

export const useSecurity = async (app: FastifyInstance, { config }: HttpServices): Promise<void> => {
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: config.production,
  });
  const anyOrigin = config.corsOrigins.includes('*');
  await app.register(cors, {
    origin: anyOrigin ? '*' : config.corsOrigins.length === 0 ? false : [...config.corsOrigins],
    credentials: !anyOrigin,
    exposedHeaders: READABLE_HEADERS,
    maxAge: 600,
  });
};
