import type { ReadModels } from '../../ports/read-models.js';
import { tracePlaces, type TracePlaceDocument } from './projection.js';

export interface TracePlace {
  readonly id: string;
  readonly correlationId: string;
  readonly stream: string;
  readonly revision: number;
  readonly at: string;
}

const placeOf = ({ id, keys: [correlationId = ''], stream, revision, at }: TracePlaceDocument): TracePlace => ({ id, correlationId, stream, revision, at });

/** Where the event of an id stands, and those of a command or a correlation, in the order of the log. */
export const tracePlacesIn = (readModels: ReadModels) => ({
  event: async (id: string): Promise<TracePlace | undefined> => {
    const found = await readModels.get(tracePlaces, id);
    return found && placeOf(found);
  },
  of: async (key: string, { after, limit }: { readonly after?: string | undefined; readonly limit: number }): Promise<readonly TracePlace[]> => {
    const filter = after === undefined ? { keys: key } : { keys: key, at: { $gt: after } };
    return (await readModels.find(tracePlaces, { filter, sort: { at: 1 }, limit })).map(placeOf);
  },
});
