import { facet, facetIndexes, type Faceted } from '../kernel/facets.js';
import { collection, projection, rule } from '../kernel/projection.js';

/** One read or export of the audit. */
export interface AuditAccessDocument extends Faceted {
  readonly kind: 'read' | 'export';
  readonly accountId: string;
  readonly route: string;
  readonly path: string;
  readonly query: string;
}

export const auditAccesses = collection<AuditAccessDocument>({ projection: 'audit-accesses', name: 'auditAccesses', indexes: facetIndexes });

const accessed = (id: string, kind: AuditAccessDocument['kind'], at: string, { accountId, route, path, query }: Pick<AuditAccessDocument, 'accountId' | 'route' | 'path' | 'query'>): AuditAccessDocument => ({
  id,
  at,
  kind,
  accountId,
  route,
  path,
  query,
  facets: [facet('actor', accountId), facet('path', path), facet('kind', kind)],
});

/** Who looked at what of the audit. */
export const auditAccessesProjection = projection({
  name: 'audit-accesses',
  version: 1,
  collections: [auditAccesses],
  rules: [
    rule(auditAccesses, 'AuditRead', ({ id }) => id, (_, { id, data }) => accessed(id, 'read', data.readAt, data)),
    rule(auditAccesses, 'AuditExported', ({ id }) => id, (_, { id, data }) => accessed(id, 'export', data.exportedAt, data)),
  ],
});
