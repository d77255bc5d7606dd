import type { ProjectionLag } from '../../ports/projection-progress.js';

export interface PartHealth {
  readonly status: 'up' | 'down';
  readonly detail?: string;
}

/** What /health answers; 503 as soon as one part is down. */
export interface HealthReport {
  readonly parts: Readonly<Record<string, PartHealth>>;
  readonly projections: readonly ProjectionLag[];
  /** Effects that were given up on: mails that could not be sent, events that no consumer could handle. */
  readonly deadLetters: Readonly<Record<string, number>>;
}
