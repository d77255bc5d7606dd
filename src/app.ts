import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyHttpOptions, type FastifyInstance, type RouteOptions } from 'fastify';
import { academy } from './http/academy/index.js';
import { academySurface } from './http/academy/surface.js';
import { analytics } from './http/analytics/index.js';
import { audit } from './http/audit/index.js';
import { authentication } from './http/authentication/index.js';
import { authenticationSurface } from './http/authentication/surface.js';
import { edupro } from './http/edupro/index.js';
import { eduproSurface } from './http/edupro/surface.js';
import { homePage } from './http/console/home-page.js';
import { consoleRoutes } from './http/console/index.js';
import type { HttpServices } from './http/http-services.js';
import { marketplace } from './http/marketplace/index.js';
import { healthRoutes } from './http/operations/health.js';
import { operations } from './http/operations/index.js';
import { useMetrics } from './http/operations/metrics.js';
import { useAsOf } from './http/plugins/as-of.js';
import { useDocumentation } from './http/plugins/documentation.js';
import { useRequestStart } from './http/plugins/request-start.js';
import { useErrors } from './http/plugins/errors.js';
import { useIdempotency } from './http/plugins/idempotency.js';
import { useJsonBodies } from './http/plugins/json-body.js';
import { useMinPosition } from './http/plugins/min-position.js';
import { useRateLimits } from './http/plugins/rate-limits.js';
import { useRequestLogging } from './http/plugins/request-logging.js';
import { RouteTable } from './http/plugins/route-table.js';
import { useRouteLimits } from './http/plugins/route-limits.js';
import { useCors } from './http/plugins/security.js';
import { buildSerializers, type Compiled } from './http/plugins/serialization.js';
import { lookEveryMs, TIMEOUTS, useSlowReaders, type Timeouts } from './http/plugins/slow-readers.js';
import { unroutable } from './http/plugins/unroutable.js';
import { useValidation } from './http/plugins/validation.js';
import { documentedParts } from './http/shared/documented-parts.js';
import { problemDetails } from './http/shared/problem-details.js';
import { Surfaces, type Surface } from './http/shared/surface.js';
import { pictureFileRoutes } from './http/uploads/picture-files.js';
import { users } from './http/users/index.js';
import { usersSurface } from './http/users/surface.js';

const surfaceRoutes = { marketplace, authentication, users, edupro, academy, audit, analytics } as const;

export type SurfaceName = keyof typeof surfaceRoutes;

const surfaceNames: readonly SurfaceName[] = ['marketplace', 'authentication', 'users', 'edupro', 'academy', 'audit', 'analytics'];

export interface AppOptions {
  /** Called with each route, its config filled in. */
  readonly onRoute?: (route: RouteOptions) => void;
  /** Absent: all. Building them takes most of an app's start, and tests build many apps. */
  readonly surfaces?: readonly SurfaceName[];
  /** Metrics of the process itself, for one app per process. */
  readonly processMetrics?: boolean;
  /** A logger for this app alone; absent: nothing is logged. */
  readonly logger?: FastifyBaseLogger;
  readonly timeouts?: Timeouts;
  /** Default: when used. */
  readonly compiled?: Compiled;
  /** How many lines of the log could not be written. */
  readonly droppedLogLines?: () => number;
  /** Surfaces beside the documented ones. */
  readonly otherSurfaces?: readonly Surface[];
}

const MAX_BODY_BYTES = 1_048_576;
const SANE_REQUEST_ID = /^[A-Za-z0-9._-]{8,100}$/;

/** Ids that are unique over all processes: a random part per process, and a counter. */
const requestIds = (): (() => string) => {
  const processPart = randomBytes(9).toString('base64url');
  let count = 0;
  return () => `${processPart}-${(count += 1).toString(36)}`;
};
const nextRequestId = requestIds();

/** Fastify trusts nobody when it is given a number: it can't know that the port is out of callers' reach. docs/operations.md asks for that. */
const proxiesOf = ({ trustProxy }: HttpServices['config']): NonNullable<FastifyHttpOptions<Server>['trustProxy']> => {
  if (typeof trustProxy === 'number') return (_address: string, hop: number) => hop < trustProxy;
  return trustProxy === false ? false : [...trustProxy];
};

const serverOptions = (services: HttpServices, surfaces: Surfaces, { logger, timeouts = TIMEOUTS, compiled = 'when used' }: AppOptions): FastifyHttpOptions<Server> => ({
  ...(logger === undefined ? {} : { loggerInstance: logger }),
  logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
  requestIdHeader: false,
  genReqId: ({ headers }) => {
    const given = headers['x-request-id'];
    return typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : nextRequestId();
  },
  bodyLimit: MAX_BODY_BYTES,
  schemaController: { compilersFactory: { buildSerializer: buildSerializers(compiled) } },
  requestTimeout: timeouts.uploadMs,
  http: { headersTimeout: timeouts.headersMs, connectionsCheckingInterval: lookEveryMs(timeouts) },
  forceCloseConnections: 'idle',
  trustProxy: proxiesOf(services.config),
  routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  frameworkErrors: unroutable(services, surfaces),
});

/** Builds the whole HTTP application on these services; tests build the same one. */
export const buildApp = async (services: HttpServices, options: AppOptions = {}): Promise<FastifyInstance> => {
  const surfaces = new Surfaces(problemDetails, [authenticationSurface, usersSurface, eduproSurface, academySurface, ...(options.otherSurfaces ?? [])]);
  const app = Fastify(serverOptions(services, surfaces, options));
  // A child logger for each request costs more than the routing, and the few log lines name the request. The override keeps
  // Fastify's own factory: it would check the loggers of another one each time.
  app.log.child = () => app.log;
  const routes = new RouteTable(app, surfaces);
  if (options.onRoute !== undefined) app.addHook('onRoute', options.onRoute);
  useValidation(app, { refusedPasswords: services.config.refusedPasswords, compiled: options.compiled ?? 'when used' });
  useJsonBodies(app);
  useRequestLogging(app, services.config.logLevel);
  await useCors(app, services);
  await useRequestStart(app, services, useSlowReaders(app, options.timeouts ?? TIMEOUTS));
  useRouteLimits(app, services);
  await useRateLimits(app, services);
  const parts = documentedParts(surfaces);
  useErrors(app, surfaces, routes, homePage(services.config, parts));
  useIdempotency(app, services);
  useMinPosition(app, services);
  useAsOf(app, services);
  await useDocumentation(app, surfaces, parts, services.config);
  const vitalReads = (): ReadonlySet<string> => routes.vitalReads;
  useMetrics(app, services, { processMetrics: options.processMetrics ?? false, vitalReads, droppedLogLines: options.droppedLogLines ?? (() => 0) });
  await app.register(healthRoutes(services, vitalReads));
  await app.register(pictureFileRoutes(services));
  await app.register(consoleRoutes(services));
  await app.register(operations(services));
  for (const name of options.surfaces ?? surfaceNames) await app.register(surfaceRoutes[name](services));
  return app;
};
