import type { CommandServices } from '../commands/services.js';
import type { Operating } from '../http/operations/operating.js';
import type { WorkerStanding } from '../http/operations/health-report.js';
import type { ProjectionProgress } from '../ports/projection-progress.js';
import type { ProjectionDefinition } from '../projections/kernel/projection.js';
import { markMailSent, resendMail, withdrawMail } from '../workers/mails/mail-decisions.js';
import { percentOf, requestOnlyRebuild, requestRebuildStop } from '../workers/projector/projection-rebuild.js';
import type { Adapters } from './adapters.js';
import type { WorkerFailures } from './worker-failures.js';

export interface OperatedParts extends Pick<Adapters, 'readModels' | 'clock'> {
  readonly bus: Pick<Adapters['bus'], 'deadLetters' | 'replayDeadLetter'>;
  readonly commands: Pick<CommandServices, 'handler' | 'clock' | 'keys'>;
  readonly progress: Pick<ProjectionProgress, 'lag'>;
  readonly projections: readonly Pick<ProjectionDefinition, 'name' | 'version'>[];
  readonly workers: () => Promise<readonly WorkerStanding[]>;
  readonly failures: Pick<WorkerFailures, 'of'>;
}

const readModelsOf = ({ readModels, progress, projections }: OperatedParts): Operating['readModels'] => async () => {
  const [lags, rebuilds] = await Promise.all([progress.lag(), readModels.rebuilds()]);
  return lags.map((lag) => {
    const last = rebuilds.find(({ projection }) => projection === lag.projection);
    const version = projections.find(({ name }) => name === lag.projection)?.version ?? 0;
    return { ...lag, version, rebuild: last === undefined ? null : { ...last, percent: last.state === 'requested' ? 0 : percentOf(last) } };
  });
};

/** One request at a time, so that of two that come together the second sees the first. */
const inTurn = <Input, Answer>(task: (input: Input) => Promise<Answer>): ((input: Input) => Promise<Answer>) => {
  let before: Promise<unknown> = Promise.resolve();
  return (input) => {
    const own = before.then(() => task(input));
    before = own.catch(() => undefined);
    return own;
  };
};

/** What the command line does, for requests of admins: read models, bus and log are reached from every process, whatever its roles. */
export const operatingOf = (parts: OperatedParts): Operating => {
  const { readModels, clock, bus, commands, projections, workers, failures } = parts;
  return {
    now: () => clock.now(),
    readModels: readModelsOf(parts),
    rebuild: inTurn(async (projection: string) =>
      projections.some(({ name }) => name === projection) ? requestOnlyRebuild(readModels, clock, projection) : undefined),
    stopRebuild: (projection) => requestRebuildStop(readModels, projection),
    workers: async () => (await workers()).map((standing) => ({ ...standing, lastFailure: failures.of(standing.worker) })),
    deadLetters: () => bus.deadLetters(),
    // The list says at once where the bus can't be reached; a replay would wait for it.
    replayDeadLetter: async (id) => (await bus.deadLetters()).some((letter) => letter.id === id) && bus.replayDeadLetter(id),
    resendMail: (decision) => resendMail(commands, decision),
    settleMail: (decision, outcome) =>
      outcome === 'sent' ? markMailSent(commands, decision) : withdrawMail(commands, decision, 'an operator says that nobody needs it'),
  };
};
