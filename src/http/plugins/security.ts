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

// Left out: what concerns browsers that are long gone, documents with links, or pages only (frame-ancestors says more than
// X-Frame-Options). Each header costs as much as a hook.
const common = {
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  referrerPolicy: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xFrameOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
} as const;

/** The headers that each answer carries beside its own. */
export const securityHeaders = ({ config }: Pick<HttpServices, 'config'>): Promise<Readonly<Record<string, string>>> =>
  // Answers of an API are no pages: nothing may be loaded, framed or run from them. The page at /docs says its own.
  helmetHeaders({
    ...common,
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: config.production,
  });

/** Who may call from a browser. */
export const useCors = async (app: FastifyInstance, { config }: Pick<HttpServices, 'config'>): Promise<void> => {
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
