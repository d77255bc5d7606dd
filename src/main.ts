import closeWithGrace from 'close-with-grace';
import { operatorPrograms } from './cli/operator-programs.js';
import { startApplication } from './composition/application.js';
import { dropExpectedWarnings } from './composition/expected-warnings.js';
import { createLogger, standardError } from './composition/logger.js';
import { InvalidConfiguration, loadConfig, processVariables } from './config.js';

/** A supervisor may kill after ten seconds. */
const SHUTDOWN_MS = 9_500;

const starting = new AbortController();

/** Causes that an operator mends by other settings: a stack would only hide them. */
const isExpected = (error: Error): boolean =>
  error instanceof InvalidConfiguration || /^(?:DataFolder|SecretUnusable)/.test(error.name) || ('code' in error && error.code === 'EADDRINUSE');

const report = (error: unknown): void => {
  const cause = error instanceof Error ? (isExpected(error) ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`Registrar cannot start. ${cause}\n`);
  // Whatever could not be closed must not keep the process: a supervisor starts it again only when it has ended.
  process.exit(1);
};

const run = async (): Promise<void> => {
  // Whoever started the program may have gone away.
  process.stdout.on('error', () => undefined);
  dropExpectedWarnings();
  const config = loadConfig(processVariables());
  const logger = createLogger(config.logLevel);
  const started = startApplication(config, logger, { signal: starting.signal, operatorPrograms });
  // Installed before the start, so that a program that waits for a missing server can be stopped in order.
  closeWithGrace({ delay: SHUTDOWN_MS, logger: false }, async ({ err, signal }) => {
    if (err !== undefined) logger.fatal({ err }, 'stopping: a failure that nobody caught');
    else logger.info({ signal }, 'stopping');
    starting.abort();
    const application = await started.catch(() => null);
    await application?.stop();
    await standardError.end();
  });
  try {
    const { announcement } = await started;
    process.stdout.write(`${announcement}\n`);
  } catch (error) {
    // A stop that was asked for is no failure: closeWithGrace ends the process.
    if (!starting.signal.aborted) report(error);
  }
};

await run().catch(report);
