import { checkpointOf } from '../adapters/embedded/event-bus.js';
import type { Config } from '../config.js';
import type { WorkerStanding } from '../http/operations/health-report.js';
import { processes } from '../processes/index.js';
import { dueMails } from '../projections/mails/queries.js';
import { CHECKPOINT_OUTLET } from '../workers/audit/checkpoint-outlet.js';
import { INVOICE_WORKER } from '../workers/invoices/invoice-worker.js';
import { PAYMENT_GATEWAY_WORKER } from '../workers/payments/payment-gateway-worker.js';
import { inboxOf, outboxOf } from '../workers/processes/process-runner.js';
import { lagOf } from '../workers/projector/lag.js';
import { RELAY } from '../workers/relay.js';
import type { Adapters } from './adapters.js';
import { busConsumers } from './bus-consumers.js';

type Seen = Pick<Adapters, 'gateway' | 'store' | 'checkpoints' | 'readModels' | 'clock'>;

/** Workers that follow the log with a checkpoint; NATS keeps the progress of its consumers itself. */
const followersOf = ({ natsUrl, audit }: Pick<Config, 'natsUrl' | 'audit'>, { gateway }: Seen): readonly string[] => [
  ...processes.flatMap(({ name }) => [inboxOf(name), outboxOf(name)]),
  ...(gateway === null ? [] : [PAYMENT_GATEWAY_WORKER]),
  INVOICE_WORKER,
  ...(audit === null ? [] : [CHECKPOINT_OUTLET]),
  ...(natsUrl === null ? busConsumers.map(({ name }) => checkpointOf(name)) : [RELAY]),
];

const mailSender = async ({ readModels, clock }: Seen): Promise<WorkerStanding> => {
  const now = clock.now();
  const [longestDue] = await dueMails(readModels, now.toISOString(), 1);
  const since = longestDue?.nextAttemptAt ?? null;
  return { worker: 'mail-sender', checkpoint: null, behind: null, secondsBehind: since === null ? 0 : (now.getTime() - Date.parse(since)) / 1_000 };
};

/** Where each worker stands, and how long its oldest work has been waiting, whichever process it runs in. */
export const workerStandingsOf =
  (parts: Seen, config: Pick<Config, 'natsUrl' | 'audit'>) =>
  async (): Promise<readonly WorkerStanding[]> => {
    const standings = followersOf(config, parts).map(async (worker) => ({ worker, checkpoint: await parts.checkpoints.get(worker) }));
    return [...(await lagOf(parts, await Promise.all(standings))), await mailSender(parts)];
  };
