import type { ReadModels } from '../../ports/read-models.js';
import { processTimers, type ProcessTimer } from './document.js';

export const nextTimers = (readModels: ReadModels, process: string, limit: number): Promise<readonly ProcessTimer[]> =>
  readModels.find(processTimers, { filter: { process }, sort: { process: 1, dueAt: 1 }, limit });
