import { projection, rule, type RecordOf } from '../kernel/projection.js';
import { processTimers, type ProcessTimer } from './document.js';

const idOf = (process: string, processId: string): string => `${process}-${processId}`;

/** Each step says which timer runs after it; a timer that goes on running keeps the step that set it. */
const timerAfter = (timer: ProcessTimer | undefined, { id: eventId, data, metadata }: RecordOf<'ProcessAdvanced'>, id: string): ProcessTimer | undefined => {
  const { process, processId, dueAt } = data;
  if (dueAt === null || timer?.dueAt === dueAt) return dueAt === null ? undefined : timer;
  return { id, process, processId, dueAt, setBy: { eventId, correlationId: metadata.correlationId } };
};

export const processTimersProjection = projection({
  name: 'process-timers',
  version: 2,
  collections: [processTimers],
  rules: [rule(processTimers, 'ProcessAdvanced', ({ data }) => idOf(data.process, data.processId), timerAfter)],
});
