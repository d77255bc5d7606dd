import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';
import type { HttpServices } from '../http-services.js';

const READABLE_HEADERS = ['x-position', 'x-request-id', 'idempotency-replayed', 'retry-after', 'x-ratelimit-remaining'];

/** What helmet sets. Asked for once: the headers are the same for each answer, and helmet makes them anew each time. */
const helmetHeaders = async (options: HelmetOptions): Promise<Readonly<Record<string, string>>> => {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  await new Promise<void>((resolve, reject) => {
    helmet(options)(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
};

const common = {
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
} as const;

/** The headers that each answer carries, and who may call from a browser. */
export const useSecurity = async (app: FastifyInstance, { config }: HttpServices): Promise<void> => {
  // Answers of an API are no pages: nothing may be loaded, framed or run from them. The page at /docs says its own.
  const headers = await helmetHeaders({
    ...common,
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: config.production,
  });
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).headers(headers);
    done();
  });
  // Without origins no browser page of elsewhere may call: that is what no header says.
  if (config.corsOrigins.length === 0) return;
  const anyOrigin = config.corsOrigins.includes('*');
  await app.register(cors, {
    origin: anyOrigin ? '*' : [...config.corsOrigins],
    credentials: !anyOrigin,
    exposedHeaders: READABLE_HEADERS,
    maxAge: 600,
  });
};
