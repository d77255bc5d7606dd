import type { ProjectionLag } from '../../ports/projection-progress.js';

export interface PartHealth {
  /** degraded: something of it is out of order that nobody needs to log in, to fill a cart or to pay. */
  readonly status: 'up' | 'degraded' | 'down';
  readonly detail?: string;
}

export interface WorkerLag {
  readonly worker: string;
  /** How long the oldest of what it has to do has been waiting. */
  readonly secondsBehind: number;
}

/** What the parts of this process say when they are asked. */
export interface HealthReport {
  readonly parts: Readonly<Record<string, PartHealth>>;
  readonly projections: readonly ProjectionLag[];
  readonly workers: readonly WorkerLag[];
  /** What waits for a person: mails that could not be sent or of which nobody knows whether they were, events that no consumer could handle. */
  readonly deadLetters: Readonly<Record<string, number>>;
}

export interface JudgedHealth extends HealthReport {
  readonly status: 'ok' | 'degraded' | 'unavailable';
}

const projectorOf = ({ projections }: HealthReport, vital: ReadonlySet<string>): PartHealth => {
  const unavailable = projections.flatMap((projection) => projection.unavailable ?? []);
  if (unavailable.length === 0) return { status: 'up' };
  const detail = unavailable.map(({ projection, state, since, reason }) => `${projection}: ${state} since ${since}: ${reason}`).join('; ');
  return { status: unavailable.some(({ projection }) => vital.has(projection)) ? 'down' : 'degraded', detail };
};

/** The report with the part that projects, and what follows for the whole. `vital` names projections that must be shown. */
export const judged = (report: HealthReport, vital: ReadonlySet<string>): JudgedHealth => {
  const parts = { ...report.parts, projector: projectorOf(report, vital) };
  const statuses = Object.values(parts).map(({ status }) => status);
  const status = statuses.includes('down') ? 'unavailable' : statuses.includes('degraded') ? 'degraded' : 'ok';
  return { ...report, parts, status };
};
