import type { Rebuild, RebuildStop } from '../../ports/read-model-store.js';
import type { Control } from './control.js';

export const storedRebuilds = async ({ rebuilds }: Control): Promise<readonly Rebuild[]> => {
  const found = await rebuilds.find().sort({ _id: 1 }).toArray();
  return found.map(({ _id, position, head, ...rest }) => ({ projection: _id, ...rest, position: BigInt(position), head: BigInt(head) }));
};

export const putRebuild = async ({ rebuilds }: Control, { projection, position, head, ...rest }: Rebuild): Promise<void> => {
  await rebuilds.replaceOne({ _id: projection }, { ...rest, position: position.toString(), head: head.toString() }, { upsert: true });
};

export const storedRebuildStops = async ({ rebuildStops }: Control): Promise<readonly RebuildStop[]> => {
  const found = await rebuildStops.find().sort({ _id: 1 }).toArray();
  return found.map(({ _id, requestedAt }) => ({ projection: _id, requestedAt }));
};

export const putRebuildStop = async ({ rebuildStops }: Control, { projection, requestedAt }: RebuildStop): Promise<void> => {
  await rebuildStops.replaceOne({ _id: projection }, { requestedAt }, { upsert: true });
};
