import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** What stands in the metadata of events that come of the timer, so that they belong to the history of what set it. */
export interface TimerCause {
  readonly eventId: string;
  readonly correlationId: string;
}

export interface ProcessTimer extends Document {
  readonly process: string;
  readonly processId: string;
  readonly dueAt: string;
  /** The step that set it. Absent in documents of builds before 2026-11-28. */
  readonly setBy?: TimerCause;
}

export const processTimers = collection<ProcessTimer>({
  projection: 'process-timers',
  name: 'timers',
  indexes: [{ process: 1, dueAt: 1 }],
});
