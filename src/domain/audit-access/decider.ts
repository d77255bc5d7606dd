import { accept, type Decider, type Message } from '../kernel/decider.js';
import type { AuditAccessEvent } from './events.js';

export interface AuditAccess {
  readonly accountId: string;
  readonly route: string;
  readonly path: string;
  readonly query: string;
}

export type AuditAccessCommand = Message<'RecordRead', AuditAccess & { at: string }> | Message<'RecordExport', AuditAccess & { at: string }>;

interface RecentRead {
  readonly what: string;
  readonly at: number;
}

/** What was read lately in the stream, the oldest first. */
export interface AuditAccesses {
  readonly recent: readonly RecentRead[];
}

const SAME_READ_MS = 60_000;
/** More reads than that within a minute are recorded although they are repeats. */
const MOST_REMEMBERED = 500;

const whatOf = ({ path, query }: AuditAccess): string => `${path}?${query}`;

/** Reads and exports of one account on one day. None is refused: who can not be recorded is not shown anything. */
export const auditAccessDecider: Decider<AuditAccesses, AuditAccessCommand, AuditAccessEvent, never> = {
  initialState: () => ({ recent: [] }),
  decide: ({ type, data: { at, ...access } }, { recent }) => {
    if (type === 'RecordExport') return accept({ type: 'AuditExported', data: { ...access, exportedAt: at } });
    const [what, now] = [whatOf(access), Date.parse(at)];
    const isRepeat = recent.some((read) => read.what === what && Math.abs(now - read.at) < SAME_READ_MS);
    return isRepeat ? accept() : accept({ type: 'AuditRead', data: { ...access, readAt: at } });
  },
  evolve: ({ recent }, { type, data }) => {
    if (type !== 'AuditRead') return { recent };
    const at = Date.parse(data.readAt);
    const lately = recent.filter((read) => at - read.at < SAME_READ_MS).slice(1 - MOST_REMEMBERED);
    return { recent: [...lately, { what: whatOf(data), at }] };
  },
};
