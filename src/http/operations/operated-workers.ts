import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { Nullable } from '../../domain/kernel/event-schema.js';
import type { HttpServices } from '../http-services.js';
import { operatingLimit } from './limits.js';
import type { OperatedWorker } from './operating.js';
import { reachable } from './reachable.js';

/** A worker that has not failed for this long after its next attempt was due is over it. */
const OVER_MS = 30_000;

const Worker = Type.Object({
  name: Type.String(),
  state: Type.Enum(['level', 'behind', 'failing'], { description: 'failing: its last attempt in this process failed, and it tries again' }),
  position: Nullable(Type.String({ description: 'Up to where it has handled the log; null: it follows no log' })),
  behind: Nullable(Type.Number({ description: 'In the unit of the read models' })),
  secondsBehind: Type.Number({ description: 'How long the oldest of what it has to do has been waiting' }),
  lastError: Nullable(
    Type.Object({ at: Type.String(), message: Type.String(), retryAt: Type.String() }, { description: 'In this process since its start; other processes have theirs in their logs' }),
  ),
});

const present = ({ worker, checkpoint, behind, secondsBehind, lastFailure }: OperatedWorker, now: Date): Static<typeof Worker> => {
  const isFailing = lastFailure !== null && now.getTime() < Date.parse(lastFailure.retryAt) + OVER_MS;
  return {
    name: worker,
    state: isFailing ? 'failing' : secondsBehind > 0 ? 'behind' : 'level',
    position: checkpoint?.toString() ?? null,
    behind: behind === null ? null : Number(behind),
    secondsBehind,
    lastError: lastFailure,
  };
};

/** GET /operations/workers. */
export const operatedWorkerRoutes =
  ({ operating }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/operations/workers',
      {
        schema: {
          tags: ['Operations'],
          summary: 'Where each worker stands, whichever process it runs in',
          description: 'With NATS the progress of its consumers is kept there and not shown here.',
          response: { 200: Type.Object({ workers: Type.Array(Worker) }) },
        },
        config: { access: ['admin'], reads: [], limits: { areas: [operatingLimit] }, asOf: false },
      },
      async ({ log }) => {
        const workers = await reachable(log, 'workers’ checkpoints', operating.workers);
        return { workers: workers.map((worker) => present(worker, operating.now())) };
      },
    );
  };
