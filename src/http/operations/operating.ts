import type { MailDecided, MailDecision } from '../../commands/mails/mail-decision.js';
import type { DeadLetter } from '../../ports/event-bus.js';
import type { Rebuild } from '../../ports/read-model-store.js';
import type { ProjectionLag } from '../../ports/projection-progress.js';
import type { WorkerStanding } from './health-report.js';

export interface RebuildProgress extends Rebuild {
  /** 0 to 100. */
  readonly percent: number;
}

export interface ReadModelStanding extends ProjectionLag {
  readonly version: number;
  /** The last rebuild that somebody asked for; null: nobody has. */
  readonly rebuild: RebuildProgress | null;
}

export interface WorkerFailure {
  /** ISO 8601, UTC, as all times here. */
  readonly at: string;
  readonly message: string;
  readonly retryAt: string;
}

export interface OperatedWorker extends WorkerStanding {
  /** In this process, since its start. */
  readonly lastFailure: WorkerFailure | null;
}

/** What operators do by request: the use cases of registrar projections, deadletters and mails. */
export interface Operating {
  readonly now: () => Date;
  readonly readModels: () => Promise<readonly ReadModelStanding[]>;
  /** Not ok: that one is under way. Undefined: there is no such projection. */
  readonly rebuild: (projection: string) => Promise<Readonly<{ ok: true; rebuild: Rebuild }> | Readonly<{ ok: false; underWay: Rebuild }> | undefined>;
  /** stopping: the projector drops the new copy soon. none: nothing is rebuilt. needed: nothing serves beside it. */
  readonly stopRebuild: (projection: string) => Promise<'stopping' | 'none' | 'needed'>;
  readonly workers: () => Promise<readonly OperatedWorker[]>;
  readonly deadLetters: () => Promise<readonly DeadLetter[]>;
  /** False: there is no such letter. */
  readonly replayDeadLetter: (id: string) => Promise<boolean>;
  readonly resendMail: (decision: MailDecision) => Promise<MailDecided>;
  /** Sent: the mail server's log says so. Otherwise nobody needs it any more. */
  readonly settleMail: (decision: MailDecision, outcome: 'sent' | 'not-needed') => Promise<MailDecided>;
}
