import type { Position } from '../../ports/event-store.js';
import type { ProjectionLag, UnavailableProjection } from '../../ports/projection-progress.js';

export interface PartHealth {
  /** degraded: a part is out of order that log-in, cart and payment do not need. */
  readonly status: 'up' | 'degraded' | 'down';
  readonly detail?: string;
}

export interface WorkerLag {
  readonly worker: string;
  /** The time that its oldest work has been waiting. */
  readonly secondsBehind: number;
}

/** Where a worker stands. */
export interface WorkerStanding extends WorkerLag {
  /** Up to where it has handled the log; null: it follows no log. */
  readonly checkpoint: Position | null;
  /** Between the checkpoint and the head of the log; null: it follows no log. */
  readonly behind: bigint | null;
}

export interface HealthReport {
  readonly parts: Readonly<Record<string, PartHealth>>;
  readonly projections: readonly ProjectionLag[];
  /** Known also while the lag of the projections is not: a process that builds them is busy. */
  readonly unavailable: readonly UnavailableProjection[];
  readonly workers: readonly WorkerLag[];
  /** Work that waits for a person: mails given up, mails of unknown outcome, events that a consumer could not handle. */
  readonly deadLetters: Readonly<Record<string, number>>;
}

export interface JudgedHealth extends HealthReport {
  readonly status: 'ok' | 'degraded' | 'unavailable';
}

const projectorOf = ({ unavailable }: HealthReport, vital: ReadonlySet<string>): PartHealth => {
  if (unavailable.length === 0) return { status: 'up' };
  const detail = unavailable.map(({ projection, state, since, reason }) => `${projection}: ${state} since ${since}: ${reason}`).join('; ');
  return { status: unavailable.some(({ projection }) => vital.has(projection)) ? 'down' : 'degraded', detail };
};

/** Adds the projections and judges the whole. `vital`: projections that must be shown. */
export const judged = (report: HealthReport, vital: ReadonlySet<string>): JudgedHealth => {
  const parts = { ...report.parts, projector: projectorOf(report, vital) };
  const statuses = Object.values(parts).map(({ status }) => status);
  const status = statuses.includes('down') ? 'unavailable' : statuses.includes('degraded') ? 'degraded' : 'ok';
  return { ...report, parts, status };
};
