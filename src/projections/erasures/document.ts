import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** An event after which nobody is shown what earlier events hold. */
export interface ErasureDocument extends Document {
  /** Its place in the log, in the order of strings. */
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
}

export const erasures = collection<ErasureDocument>({ projection: 'erasures', name: 'erasures', indexes: [{ position: 1 }] });
