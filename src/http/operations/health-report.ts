import type { ProjectionLag } from '../../ports/projection-progress.js';

export interface PartHealth {
  readonly status: 'up' | 'down';
  readonly detail?: string;
}

export interface WorkerLag {
  readonly worker: string;
  /** How long the oldest of what it has to do has been waiting. */
  readonly secondsBehind: number;
}

/** What /health answers; 503 as soon as one part is down. */
export interface HealthReport {
  readonly parts: Readonly<Record<string, PartHealth>>;
  readonly projections: readonly ProjectionLag[];
  readonly workers: readonly WorkerLag[];
  /** What waits for a person: mails that could not be sent or of which nobody knows whether they were, events that no consumer could handle. */
  readonly deadLetters: Readonly<Record<string, number>>;
}
