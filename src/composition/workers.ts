import type { CommandServices } from '../commands/services.js';
import type { Role } from '../config.js';
import type { ProjectionProgress } from '../ports/projection-progress.js';
import { EventCodec } from '../domain/event-codec.js';
import { checkoutProcess } from '../processes/checkout.js';
import { commandDispatch } from '../workers/command-dispatch.js';
import { runEmailWorker } from '../workers/email/email-worker.js';
import { deletedAccountsConsumer } from '../workers/forget-deleted-accounts.js';
import { runInvoiceWorker } from '../workers/invoice/invoice-worker.js';
import { runPaymentGatewayWorker } from '../workers/payment-gateway-worker.js';
import { ProcessRunner } from '../workers/process-runner.js';
import { runProcessTimers } from '../workers/process-timers.js';
import type { Logger } from './logger.js';
import type { Parts } from './parts.js';

/** A loop that runs until its signal aborts. */
type Loop = (signal: AbortSignal) => Promise<void>;

export interface WorkerServices {
  readonly parts: Parts;
  readonly commands: CommandServices;
  readonly progress: ProjectionProgress;
  readonly logger: Logger;
}

/** The loops of each role that works in the background. */
const loopsOf = ({ parts, commands, progress, logger }: WorkerServices): Partial<Record<Role, readonly Loop[]>> => {
  const { handler } = commands;
  const onFailure = (worker: string, error: unknown, retryInMs: number): void =>
    logger.error({ worker, err: error, retryInMs }, 'a worker failed and tries again');
  const refused = (what: Readonly<Record<string, string>>): void => logger.error(what, 'a command was refused: somebody has to look at it');
  const following = { store: parts.store, checkpoints: parts.checkpoints, clock: parts.clock, onFailure };

  const checkout = new ProcessRunner(
    {
      ...following,
      handler,
      dispatch: commandDispatch(handler),
      onRefused: (process, processId, command, rejection) => refused({ process, processId, command, rejection }),
    },
    checkoutProcess,
  );
  return {
    processes: [
      (signal) => checkout.run(signal),
      (signal) =>
        runProcessTimers({ ...following, readModels: parts.readModels, progress }, checkoutProcess.name, (id, dueAt) => checkout.elapse(id, dueAt), signal),
      (signal) =>
        runPaymentGatewayWorker(
          { ...following, handler, gateway: parts.gateway, onRefused: (paymentId, command, rejection) => refused({ paymentId, command, rejection }) },
          signal,
        ),
      (signal) => parts.bus.consume(deletedAccountsConsumer({ ...parts, handler, progress }), signal),
    ],
    invoice: [
      (signal) =>
        runInvoiceWorker(
          { ...following, handler, codec: new EventCodec(), onRefused: (invoiceId, invoiceNumber, rejection) => refused({ invoiceId, invoiceNumber, rejection }) },
          signal,
        ),
    ],
    email: [(signal) => runEmailWorker({ ...following, ...parts, handler, keys: commands.keys, progress }, signal)],
  };
};

/** Starts the loops of these roles. The answer stops them and waits for what is under way. */
export const startWorkers = (services: WorkerServices, roles: ReadonlySet<Role>): (() => Promise<void>) => {
  const stopping = new AbortController();
  const running = Object.entries(loopsOf(services)).flatMap(([role, loops]) => {
    const isOurs = [...roles].some((each) => each === role);
    return isOurs ? loops.map((loop) => loop(stopping.signal)) : [];
  });
  const ended = Promise.all(running).catch((error: unknown) => {
    services.logger.fatal({ err: error }, 'a worker ended by itself');
    throw error;
  });
  return async () => {
    stopping.abort();
    await ended;
  };
};
