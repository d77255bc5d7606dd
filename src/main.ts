import closeWithGrace from 'close-with-grace';
import { startApplication } from './composition/application.js';
import { createLogger } from './composition/logger.js';
import { InvalidConfiguration, loadConfig, processVariables } from './config.js';

const SHUTDOWN_MS = 10_000;

const run = async (): Promise<void> => {
  const config = loadConfig(processVariables());
  const logger = createLogger(config.logLevel);
  const application = await startApplication(config, logger);
  closeWithGrace({ delay: SHUTDOWN_MS, logger: false }, async ({ err, signal }) => {
    if (err !== undefined) logger.fatal({ err }, 'stopping: a failure that nobody caught');
    else logger.info({ signal }, 'stopping');
    await application.stop();
  });
  process.stdout.write(`${application.announcement}\n`);
};

try {
  await run();
} catch (error) {
  const isExpected = error instanceof InvalidConfiguration || (error instanceof Error && /^DataFolder/.test(error.name));
  process.stderr.write(`Registrar cannot start. ${isExpected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
