import type { PackageType } from '../../domain/package-catalog/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

export interface PackageDocument extends Document {
  readonly name: string;
  readonly type: PackageType;
  /** Whole rupiah. */
  readonly price: number;
  /** In the order in which they were added; of a bundle in pairs. */
  readonly courseIds: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const packages = collection<PackageDocument>({ projection: 'packages', name: 'packages', indexes: [{ createdAt: 1 }] });
