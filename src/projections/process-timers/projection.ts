import { projection, rule } from '../kernel/projection.js';
import { processTimers } from './document.js';

const idOf = (process: string, processId: string): string => `${process}-${processId}`;

export const processTimersProjection = projection({
  name: 'process-timers',
  version: 1,
  collections: [processTimers],
  rules: [
    rule(
      processTimers,
      'ProcessAdvanced',
      ({ data }) => idOf(data.process, data.processId),
      (_timer, { data: { process, processId, dueAt } }, id) => (dueAt === null ? undefined : { id, process, processId, dueAt }),
    ),
  ],
});
