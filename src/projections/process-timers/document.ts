import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

export interface ProcessTimer extends Document {
  readonly process: string;
  readonly processId: string;
  readonly dueAt: string;
}

export const processTimers = collection<ProcessTimer>({
  projection: 'process-timers',
  name: 'timers',
  indexes: [{ process: 1, dueAt: 1 }],
});
