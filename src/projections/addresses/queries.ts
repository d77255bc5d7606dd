import type { ReadModels } from '../../ports/read-models.js';
import { addressBooks, type AddressDocument } from './document.js';

export type { AddressDocument } from './document.js';

export const addressesOf = async (readModels: ReadModels, accountId: string): Promise<readonly AddressDocument[]> =>
  (await readModels.get(addressBooks, accountId))?.addresses ?? [];
