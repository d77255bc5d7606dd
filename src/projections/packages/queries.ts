import { MOST_PACKAGES } from '../../domain/package-catalog/decider.js';
import type { ReadModels } from '../../ports/read-models.js';
import { packages, type PackageDocument } from './document.js';

export type { PackageDocument } from './document.js';

export const packageById = (readModels: ReadModels, packageId: string): Promise<PackageDocument | undefined> => readModels.get(packages, packageId);

/** In the order of the ids; undefined where there is none any more. */
export const packagesByIds = (readModels: ReadModels, packageIds: readonly string[]): Promise<readonly (PackageDocument | undefined)[]> =>
  readModels.getMany(packages, packageIds);

/** All of them, the oldest first. */
export const listPackages = (readModels: ReadModels): Promise<readonly PackageDocument[]> =>
  readModels.find(packages, { filter: {}, sort: { createdAt: 1 }, limit: MOST_PACKAGES });
