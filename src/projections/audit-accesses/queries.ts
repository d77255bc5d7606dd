import type { ReadModels } from '../../ports/read-models.js';
import { facet, searchFacets, type FoundByFacets } from '../kernel/facets.js';
import type { Place } from '../kernel/slice.js';
import { auditAccesses, type AuditAccessDocument } from './projection.js';

export type { AuditAccessDocument } from './projection.js';

export interface AccessSearch {
  readonly actor?: string;
  readonly path?: string;
  readonly kind?: AuditAccessDocument['kind'];
  readonly from?: string;
  readonly to?: string;
}

/** The newest first. Rejects with ForeignPlace. */
export const searchAccesses = (
  readModels: ReadModels,
  { actor, path, kind, ...time }: AccessSearch,
  slice: { readonly limit: number; readonly after?: Place },
): Promise<FoundByFacets<AuditAccessDocument>> => {
  const named = { actor, path, kind };
  const facets = Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [facet(name, value)]));
  return searchFacets(readModels, auditAccesses, { ...time, facets, matches: () => true }, slice);
};
