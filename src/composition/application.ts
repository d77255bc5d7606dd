import { existsSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { Ed25519CheckpointSigner } from '../adapters/embedded/checkpoint-signer.js';
import { openControlServer, type ControlServer, type OperatorProgram } from '../adapters/control-socket/control-server.js';
import { ensureFirstAdmin } from '../commands/accounts/ensure-first-admin.js';
import type { CommandServices } from '../commands/services.js';
import type { Config } from '../config.js';
import type { CheckpointSigner } from '../ports/audit.js';
import type { InvoicePdf } from '../ports/invoice-pdf.js';
import { Projector } from '../workers/projector/projector.js';
import { StoredProjectionProgress, type StoredProgressServices } from '../workers/projector/stored-progress.js';
import { createCommandServices } from './command-services.js';
import { gatewayLine, healthOf } from './health.js';
import { openInvoicePrinter } from './invoice-printer.js';
import { keptOnServers } from './local-environment.js';
import type { Logger } from './logger.js';
import { openAdapters } from './open-adapters.js';
import { Opened, type Adapters } from './adapters.js';
import { projectionsOf } from '../projections/index.js';
import { openStartupServer } from './startup-server.js';
import { operatingOf } from './operating.js';
import { WorkerFailures } from './worker-failures.js';
import { workerStandingsOf } from './worker-lag.js';
import { startWorkers } from './workers.js';

export interface Application {
  readonly app: FastifyInstance | null;
  readonly url: string;
  readonly announcement: string;
  /** Takes no more requests, finishes those under way, stops the workers, closes what was opened. */
  readonly stop: () => Promise<void>;
}

export interface StartOptions {
  readonly signal?: AbortSignal;
  /** Programs that operators may run by command line in this process, where it alone has DATA_DIR. */
  readonly operatorPrograms?: (adapters: Adapters, commands: CommandServices, audit: OperatedAudit) => Readonly<Record<string, OperatorProgram>>;
}

/** For programs that sign: the key, and a wait until the tree shows what is in the log. */
export interface OperatedAudit {
  readonly signer: CheckpointSigner | null;
  readonly level: () => Promise<boolean>;
}

const LEVEL_MS = 10_000;
const NEVER = new AbortController().signal;

const firstAdmin = async (config: Config, commands: CommandServices, logger: Logger): Promise<void> => {
  if (config.admin === null) return;
  const ensured = await ensureFirstAdmin(commands)(config.admin);
  if (!ensured.ok) logger.error({ rejection: ensured.rejection }, 'ADMIN_EMAIL belongs to an account that is no admin: there is no first admin');
};

const openParts = async (config: Config, logger: Logger, asked: AbortSignal): Promise<Adapters> => {
  const startupServer = openStartupServer(config);
  const { refused } = startupServer;
  try {
    return await openAdapters(config, logger, AbortSignal.any([asked, refused]), startupServer.waitingFor);
  } catch (error) {
    throw refused.aborted ? refused.reason : error;
  } finally {
    await startupServer.close();
  }
};

/** Starts the roles of this process on the adapters that the configuration picks. */
export const startApplication = async (config: Config, logger: Logger, options: StartOptions = {}): Promise<Application> => {
  const printer = await openInvoicePrinter(config, logger);
  const parts = await openParts(config, logger, options.signal ?? NEVER);
  const opened = new Opened();
  opened.add(parts, (adapters) => adapters.close());
  try {
    return await startOn(opened, parts, config, logger, { ...options, printer });
  } catch (error) {
    await opened.closeAfterFailure(parts.clock);
    throw error;
  }
};

const projectorOf = (services: StoredProgressServices, logger: Logger): Projector =>
  new Projector({
    ...services,
    onFailure: (projection, reason) => logger.error({ projection, reason }, 'a projection stopped'),
    onError: (error, retryInMs) => logger.error({ err: error, retryInMs }, 'the projector failed and tries again'),
  });

/** Operators' programs must ask the process that has DATA_DIR to itself. */
const controlOf = async (config: Config, programs: Readonly<Record<string, OperatorProgram>>, logger: Logger): Promise<ControlServer | null> => {
  if (keptOnServers(config)) return null;
  try {
    return await openControlServer(config.dataDirectory, programs);
  } catch (error) {
    logger.warn({ err: error }, 'registrar mails and deadletters will work only when this server is stopped');
    return null;
  }
};

const startOn = async (opened: Opened, parts: Adapters, config: Config, logger: Logger, { operatorPrograms, printer, signal = NEVER }: StartOptions & { readonly printer: () => Promise<InvoicePdf> }): Promise<Application> => {
  const commands = createCommandServices(config, parts, logger);
  const signer = config.audit === null ? null : new Ed25519CheckpointSigner(config.audit.key);
  opened.add(commands.deferred, (deferred) => deferred.settled());
  const projections = { store: parts.store, readModels: parts.readModels, projections: projectionsOf(config), clock: parts.clock };
  const projector = config.roles.has('projector') ? projectorOf(projections, logger) : null;
  const progress = opened.add(projector ?? new StoredProjectionProgress(projections), (started) => started.stop());
  const failures = new WorkerFailures(parts.clock);
  const workers = workerStandingsOf(parts, config);
  const services = {
    commands,
    readModels: parts.readModels,
    kept: parts.readModels.kept,
    progress,
    store: parts.store,
    answers: parts.answers,
    files: parts.files,
    videos: parts.videos,
    gateway: parts.gateway,
    caches: parts.caches,
    invoicePdf: printer,
    signer,
    config,
    health: healthOf(parts, { progress, projections: projections.projections.map(({ name }) => name), workerLag: workers }),
    operating: operatingOf({ ...parts, commands, progress, workers, failures, projections: projections.projections }),
  };
  // Built before anything is projected: a read model that is built leaves too few turns of the event loop for that.
  // The routes are most of the program: a process without them starts in half the time.
  const http = config.roles.has('http') ? await import('./open-app.js') : null;
  const app = http === null ? null : await http.openApp(opened, config, services, projections.projections, logger);
  if (app !== null) opened.add(app, (server) => server.close());
  await app?.ready();
  await projector?.start();
  await firstAdmin(config, commands, logger);
  if (!config.production) logger.warn('signing up as admin is open: NODE_ENV is not production');
  opened.add(startWorkers({ parts, commands, progress, logger, signer, onFailure: failures.logged(logger) }, config), (stopWorkers) => stopWorkers());
  signal.throwIfAborted();
  if (app !== null) await http?.listen(opened, app, config);
  const level = async (): Promise<boolean> => progress.waitFor(await parts.store.head(), LEVEL_MS, ['audit-tree']);
  opened.add(await controlOf(config, operatorPrograms?.(parts, commands, { signer, level }) ?? {}, logger), (control) => control?.close());
  const listening = app?.addresses()[0];
  const url = `http://localhost:${typeof listening === 'object' ? listening.port : config.port}`;
  return {
    app,
    url,
    announcement: [
      `Registrar  ${url}`,
      ...(app !== null && config.consoleFolder !== null && existsSync(config.consoleFolder) ? [`Console    ${url}/console`] : []),
      `API pages  ${config.operationsPort === null ? url : `http://localhost:${config.operationsPort}`}/docs`,
      `Keeping    ${parts.places}`,
      `Payments   ${gatewayLine(parts.gateway)}`,
    ].join('\n'),
    stop: opened.close,
  };
};
