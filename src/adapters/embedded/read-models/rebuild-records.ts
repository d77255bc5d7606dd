import type { Rebuild, RebuildStop } from '../../../ports/read-model-store.js';
import type { ControlDatabase } from './control-database.js';

type StoredRebuild = Omit<Rebuild, 'position' | 'head'> & { readonly position: string; readonly head: string };

export const storedRebuilds = (control: ControlDatabase): readonly Rebuild[] =>
  control.all<StoredRebuild>('rebuild').map((rebuild) => ({ ...rebuild, position: BigInt(rebuild.position), head: BigInt(rebuild.head) }));

/** Within a transaction. */
export const putRebuild = (control: ControlDatabase, rebuild: Rebuild): void => {
  const stored: StoredRebuild = { ...rebuild, position: rebuild.position.toString(), head: rebuild.head.toString() };
  control.put(stored, 'rebuild', rebuild.projection);
};

export const storedRebuildStops = (control: ControlDatabase): readonly RebuildStop[] => control.all<RebuildStop>('rebuild stop');

/** Within a transaction. */
export const putRebuildStop = (control: ControlDatabase, { projection, requestedAt }: RebuildStop): void => control.put({ projection, requestedAt }, 'rebuild stop', projection);
