import type { Position } from '../../ports/event-store.js';
import type { ReadModels } from '../../ports/read-models.js';
import { orderedPosition } from '../kernel/stored-collections.js';
import { erasures, type ErasureDocument } from './document.js';

/** The last one; undefined where nothing was ever erased. */
export const newestErasure = async (readModels: ReadModels): Promise<ErasureDocument | undefined> =>
  (await readModels.find(erasures, { sort: { position: -1 }, limit: 1 }))[0];

/** Those after the position, in order. */
export const erasuresAfter = (readModels: ReadModels, position: Position, skip: number, limit: number): Promise<readonly ErasureDocument[]> =>
  readModels.find(erasures, { filter: { position: { $gt: orderedPosition(position) } }, sort: { position: 1 }, skip, limit });

/** The last ones up to the position, the newest first. */
export const erasuresUpTo = (readModels: ReadModels, position: Position, limit: number): Promise<readonly ErasureDocument[]> =>
  readModels.find(erasures, { filter: { position: { $lte: orderedPosition(position) } }, sort: { position: -1 }, limit });
