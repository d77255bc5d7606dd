import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { prefersHtml } from '../shared/prefers-html.js';
import { Problem } from '../shared/problem.js';
import { consoleFiles } from './console-files.js';

const INDEX = 'index.html';
/** Vite puts a hash of what is in a file into its name: such a file never changes. */
const HASHED = /^assets\//;
const YEAR_MS = 365 * 24 * 60 * 60_000;

const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

const ROUTE = { schema: { hide: true }, config: { access: 'public', reads: [] } } as const;

const notBuilt = (): Problem =>
  new Problem(404, 'console-not-built', 'The console is not part of what runs here: npm run build makes it, and so does npm start.');

const noSuchFile = (path: string): Problem => new Problem(404, 'no-such-route', `Nothing answers GET /console/${path.slice(0, 200).toWellFormed()}.`);

const withoutConsole = (app: FastifyInstance): void => {
  for (const url of ['/console', '/console/*']) {
    app.get(url, ROUTE, async () => {
      throw notBuilt();
    });
  }
};

const pathOf = ({ params }: FastifyRequest): string =>
  typeof params === 'object' && params !== null && '*' in params && typeof params['*'] === 'string' ? params['*'] : '';

const sendPage = (reply: FastifyReply): FastifyReply => {
  void reply.header('cache-control', 'no-cache');
  return reply.sendFile(INDEX, { cacheControl: false });
};

/** Files that the build named by what is in them are kept for ever, all others are asked for again. */
const sendConsoleFile = (path: string, reply: FastifyReply): FastifyReply => {
  if (!HASHED.test(path)) {
    void reply.header('cache-control', 'no-cache');
    return reply.sendFile(path, { cacheControl: false });
  }
  return reply.sendFile(path, { cacheControl: true, maxAge: YEAR_MS, immutable: true });
};

/** An address of the console itself, such as /console/payments/…, which the page reads from the address bar. */
const isDeepLink = (path: string, request: FastifyRequest): boolean => !HASHED.test(path) && prefersHtml(request.headers.accept);

/**
 * The console's files at /console and below. Every address there that is no file gives browsers the page. Without a built console
 * it answers 404 and says how to build it.
 */
export const consoleRoutes =
  ({ config: { consoleFolder } }: HttpServices): FastifyPluginAsync =>
  async (app) => {
    if (consoleFolder === null) return;
    const files = await consoleFiles(consoleFolder);
    if (files === undefined) {
      withoutConsole(app);
      return;
    }
    await app.register(fastifyStatic, { root: consoleFolder, serve: false, preCompressed: true, index: false });
    app.get('/console', ROUTE, async (_request, reply) => sendPage(reply.headers(PAGE_HEADERS)));
    app.get('/console/*', ROUTE, async (request, reply) => {
      const path = pathOf(request);
      if (files.has(path)) return sendConsoleFile(path, reply.headers(PAGE_HEADERS));
      if (path === '' || isDeepLink(path, request)) return sendPage(reply.headers(PAGE_HEADERS));
      throw noSuchFile(path);
    });
  };
