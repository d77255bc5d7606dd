import { Type } from 'typebox';
import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

const access = {
  accountId: Id,
  /** The route, such as /audit/streams/:stream. */
  route: Type.String(),
  path: Type.String(),
  /** The query of the request, as JSON. */
  query: Type.String(),
};

export const auditAccessEvents = [
  defineEvent('AuditRead', 'An admin or auditor was about to be shown something of the audit. The same read within a minute counts once.', { ...access, readAt: Timestamp }),
  defineEvent('AuditExported', 'An admin or auditor was about to be given an export of the audit.', { ...access, exportedAt: Timestamp }),
] as const;

export type AuditAccessEvent = EventOf<(typeof auditAccessEvents)[number]>;
