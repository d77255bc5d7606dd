import type { FastifyInstance } from 'fastify';
import { buildApp } from '../app.js';
import type { Config } from '../config.js';
import type { HttpServices } from '../http/http-services.js';
import { openOperationsServer } from '../http/operations/operators-only.js';
import type { ProjectionDefinition } from '../projections/kernel/projection.js';
import type { Opened } from './adapters.js';
import { openPastAnswers } from './as-of/open-past-answers.js';
import { createLogger, standardError, type Logger } from './logger.js';

/** The routes, with the answers of past moments. It does not listen yet. */
export const openApp = async (opened: Opened, config: Config, services: Omit<HttpServices, 'past'>, projections: readonly ProjectionDefinition[], logger: Logger): Promise<FastifyInstance> => {
  const past = opened.add(await openPastAnswers(config, services, projections, logger), (answers) => answers.close());
  return buildApp({ ...services, past }, { processMetrics: true, logger: createLogger(config.logLevel), droppedLogLines: () => standardError.dropped });
};

/** Listens for clients, and for operators where they have a port of their own. */
export const listen = async (opened: Opened, app: FastifyInstance, { host, port, operationsPort }: Pick<Config, 'host' | 'port' | 'operationsPort'>): Promise<void> => {
  // Closed before the workers, on which requests wait; a second time, when it is its turn, nothing is left of it to close.
  opened.add(app, (server) => server.close());
  await app.listen({ host, port });
  if (operationsPort !== null) opened.add(await openOperationsServer(app, { host, port: operationsPort }), (server) => server.close());
};
