import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { CommandServices } from '../commands/services.js';
import type { Config, Role } from '../config.js';
import { fencedCheckpoints } from '../ports/checkpoints.js';
import type { CheckpointSigner } from '../ports/audit.js';
import type { ProjectionProgress } from '../ports/projection-progress.js';
import { EventCodec } from '../domain/event-codec.js';
import { processes } from '../processes/index.js';
import { commandDispatch } from '../workers/processes/command-dispatch.js';
import { runInvoiceWorker } from '../workers/invoices/invoice-worker.js';
import { classStarts } from '../workers/mails/class-starts.js';
import { runMailSender } from '../workers/mails/mail-sender.js';
import { runDailyReconciliation } from '../workers/payments/daily-reconciliation.js';
import { runPaymentGatewayWorker } from '../workers/payments/payment-gateway-worker.js';
import type { Reconciliation } from '../workers/payments/reconciliation.js';
import { runLeased } from '../workers/loops/leased-work.js';
import { PastCommands, type DoneCommands } from '../workers/loops/past-commands.js';
import { ProcessRunner } from '../workers/processes/process-runner.js';
import { runProcessTimers } from '../workers/processes/process-timers.js';
import { runUnactivatedPictures } from '../workers/unactivated-pictures.js';
import { runRelay } from '../workers/relay.js';
import { sweepAnswers } from '../workers/sweep-answers.js';
import { runToldStreams } from '../workers/told-streams.js';
import type { Adapters } from './adapters.js';
import { auditLoops } from './audit-loops.js';
import { busConsumers } from './bus-consumers.js';
import type { Logger } from './logger.js';
import type { OnFailure } from './worker-failures.js';

/** Runs until its signal aborts. */
type Loop = (signal: AbortSignal) => Promise<void>;

export interface WorkerServices {
  readonly parts: Adapters;
  readonly commands: CommandServices;
  readonly progress: ProjectionProgress;
  readonly logger: Logger;
  /** Null: AUDIT is off. */
  readonly signer: CheckpointSigner | null;
  /** Called when a worker failed, before its next attempt. */
  readonly onFailure: OnFailure;
}

interface WorkingServices extends WorkerServices {
  readonly past?: DoneCommands;
}

type Checkpointed = Pick<Adapters, 'checkpoints'>;

const refusedOf =
  (logger: Logger) =>
  (what: Readonly<Record<string, string>>): void =>
    logger.error(what, 'a command was refused: somebody has to look at it');

const reconciledOf =
  (logger: Logger) =>
  ({ differences, settled, ...counts }: Reconciliation): void => {
    if (settled.length > 0) logger.warn({ ...counts, settled }, 'payments took in what the provider had told nobody here');
    if (differences.length > 0) logger.error({ ...counts, differences }, 'payments differ from what the provider says: somebody has to look at them');
    else logger.info(counts, 'payments were compared with the provider');
  };

const processLoops = ({ parts, commands, progress, logger, onFailure, past }: WorkingServices, { checkpoints }: Checkpointed): readonly Loop[] => {
  const { handler, keys } = commands;
  const { store, clock, readModels, gateway } = parts;
  const following = { store, checkpoints, clock, onFailure: onFailure, ...(past && { past }) };
  const refused = refusedOf(logger);
  const running = {
    ...following,
    handler,
    dispatch: commandDispatch(handler),
    onRefused: (process: string, processId: string, command: string, rejection: string): void => refused({ process, processId, command, rejection }),
  };
  const onRefused = (paymentId: string, command: string, rejection: string): void => refused({ paymentId, command, rejection });
  return [
    ...processes.flatMap((process): readonly Loop[] => {
      const runner = new ProcessRunner(running, process);
      return [
        (signal) => runner.run(signal),
        (signal) => runProcessTimers({ ...following, readModels, progress }, process.name, (timer) => runner.elapse(timer), signal),
      ];
    }),
    (signal) => runUnactivatedPictures({ handler, clock, readModels, onFailure }, signal),
    ...(gateway === null ? [] : [(signal: AbortSignal) => runPaymentGatewayWorker({ ...following, handler, keys, gateway, onRefused }, signal)]),
    ...(gateway === null || gateway.records === null ? [] : [(signal: AbortSignal) => runDailyReconciliation({ handler, clock, readModels, gateway, onFailure, onDone: reconciledOf(logger) }, signal)]),
  ];
};

const invoiceLoop = ({ parts, commands, logger, onFailure, past }: WorkingServices, { checkpoints }: Checkpointed): Loop => {
  const following = { store: parts.store, checkpoints, clock: parts.clock, onFailure: onFailure, ...(past && { past }) };
  const onRefused = (invoiceId: string, invoiceNumber: string, rejection: string): void => refusedOf(logger)({ invoiceId, invoiceNumber, rejection });
  return (signal) => runInvoiceWorker({ ...following, handler: commands.handler, codec: new EventCodec(), onRefused }, signal);
};

/** Work that one process does at a time; the other processes of the role stand by. */
const owned = ({ parts: { leases, clock, checkpoints }, logger, onFailure }: WorkerServices, name: string, loops: (own: Checkpointed) => readonly Loop[]): Loop => {
  const services = {
    leases,
    clock,
    holder: randomUUID(),
    onFailure,
    onChange: (work: string, change: string): void => logger.info({ work, change }, 'ownership of work'),
  };
  return (signal) =>
    runLeased(
      services,
      name,
      async (ownSignal, fence) => {
        setMaxListeners(0, ownSignal);
        await Promise.all(loops({ checkpoints: fencedCheckpoints(checkpoints, fence) }).map((loop) => loop(ownSignal)));
      },
      signal,
    );
};

type LoopConfig = Pick<Config, 'publicUrl' | 'mailsPerHour' | 'audit' | 'dataDirectory'>;

const loopsOf = (services: WorkingServices, { relays, audit, dataDirectory, ...mails }: { relays: boolean } & LoopConfig): Partial<Record<Role, readonly Loop[]>> => {
  const { parts, commands, progress, onFailure, past } = services;
  const { handler, keys, settings } = commands;
  const content = { handler, keys, academyUrl: settings.academy.url, classStarts: classStarts(parts) };
  const consumersOf = (role: Role): readonly Loop[] =>
    busConsumers
      .filter((consumer) => consumer.role === role)
      .map(({ open }) => (signal) => parts.bus.consume(open({ ...parts, handler, progress, settings, ...(past && { past }) }), signal));
  return {
    http: [(signal) => sweepAnswers({ ...parts, onFailure }, signal)],
    processes: [owned(services, 'processes', (own) => [...processLoops(services, own), ...auditLoops(services, { ...own, audit, dataDirectory })]), ...consumersOf('processes')],
    invoice: [owned(services, 'invoice', (own) => [invoiceLoop(services, own)])],
    email: [(signal) => runMailSender({ ...parts, ...content, onFailure, progress, ...mails }, signal), ...consumersOf('email')],
    relay: relays
      ? [owned(services, 'relay', (own) => [(signal) => runRelay({ store: parts.store, clock: parts.clock, bus: parts.bus, onFailure, ...own }, signal)])]
      : [],
  };
};

/** Starts the loops of these roles. The answer stops them and waits for the work under way. */
export const startWorkers = (services: WorkerServices, { roles, natsUrl, ...config }: Pick<Config, 'roles' | 'natsUrl'> & LoopConfig): (() => Promise<void>) => {
  const stopping = new AbortController();
  // Every loop listens to it.
  setMaxListeners(0, stopping.signal);
  // A store that this process owns answers faster than it could be read ahead.
  const working = services.parts.store.shared ? { ...services, past: new PastCommands(services.parts.store) } : services;
  const running = Object.entries(loopsOf(working, { relays: natsUrl !== null, ...config })).flatMap(([role, loops]) => {
    const isOurs = [...roles].some((each) => each === role);
    return isOurs ? loops.map((loop) => loop(stopping.signal)) : [];
  });
  if (services.parts.store.shared) running.push(runToldStreams({ ...services.parts, ...services.commands, onFailure: services.onFailure }, stopping.signal));
  const ended = Promise.all(running).catch((error: unknown) => {
    services.logger.fatal({ err: error }, 'a worker ended by itself');
    throw error;
  });
  return async () => {
    stopping.abort();
    await ended;
  };
};
