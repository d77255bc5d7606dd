import { grouped } from '../../primitives/grouped.js';
import { PROCESS_NAMES } from '../../domain/process/events.js';
import type { DomainEvent } from '../../domain/events.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import { withoutSecrets } from './without-secrets.js';

export const TRACE_KINDS = ['request', 'command', 'event', 'process', 'charge', 'mail', 'invoice'] as const;
export type TraceKind = (typeof TRACE_KINDS)[number];

/** One cause or effect. `parent` is what caused it; null: it is where something began, or its cause is on another page. */
export interface TraceNode {
  readonly id: string;
  readonly kind: TraceKind;
  readonly parent: string | null;
  readonly depth: number;
  /** What an event says; null of requests and commands. */
  readonly event: {
    readonly type: string;
    readonly stream: string;
    readonly revision: number;
    readonly position: string;
    readonly occurredAt: string;
    readonly actorId: string | null;
    readonly data: Record<string, unknown>;
  } | null;
}

type Recorded = RecordedEvent<DomainEvent>;

interface Cause {
  readonly id: string;
  readonly kind: TraceKind;
  readonly parent: string | null;
  readonly event: Recorded | null;
}

const OF_CHARGES = /^Payment(?:Capture|ActionRequired|Processing|Notice|Declined|Refund|Dispute)/;
const PROCESSES: ReadonlySet<string> = new Set(PROCESS_NAMES);

const kindOf = ({ stream, type }: Recorded): TraceKind => {
  const category = stream.slice(0, stream.indexOf('-'));
  if (PROCESSES.has(category)) return 'process';
  if (category === 'mail') return 'mail';
  if (category === 'invoice' || category === 'invoiceSeries') return 'invoice';
  return OF_CHARGES.test(type) ? 'charge' : 'event';
};

/** Requests, commands and events with what caused each. Causes that made no event of their own are known by their ids alone. */
const causesOf = (events: readonly Recorded[], isFirstPage: boolean): ReadonlyMap<string, Cause> => {
  const causes = new Map<string, Cause>();
  const commands = new Set(events.map(({ metadata }) => metadata.commandId));
  // The sender of a mail names the mail as its cause.
  const mails = new Map(events.flatMap(({ type, data, id }) => (type === 'MailRequested' ? [[data.mailId, id] as const] : [])));
  for (const event of events) causes.set(event.id, { id: event.id, kind: kindOf(event), parent: event.metadata.commandId, event });
  const begin = (id: string, kind: TraceKind): string => {
    if (!causes.has(id)) causes.set(id, { id, kind, parent: null, event: null });
    return id;
  };
  const parentOf = ({ metadata: { causationId, commandId, correlationId } }: Recorded): string | null => {
    if (causationId === commandId) return null;
    const cause = mails.get(causationId) ?? causationId;
    if (causes.has(cause) || commands.has(cause)) return cause;
    if (causationId === correlationId) return begin(correlationId, 'request');
    if (!isFirstPage) return null;
    // A step of a command that wrote nothing itself.
    const request = correlationId === commandId ? null : begin(correlationId, 'request');
    if (!causes.has(cause)) causes.set(cause, { id: cause, kind: 'command', parent: request, event: null });
    return cause;
  };
  for (const event of events) {
    const { commandId } = event.metadata;
    if (!causes.has(commandId)) causes.set(commandId, { id: commandId, kind: 'command', parent: parentOf(event), event: null });
  }
  return causes;
};

const present = ({ id, kind, parent, event }: Cause, depth: number): TraceNode => {
  if (event === null) return { id, kind, parent, depth, event: null };
  const { type, stream, revision, position, data, metadata } = event;
  const { occurredAt, actorId } = metadata;
  return { id, kind, parent, depth, event: { type, stream, revision, position: position.toString(), occurredAt, actorId, data: withoutSecrets({ type, data }) } };
};

/** The tree of what events came from and led to, each cause before its effects. Each event is in it once. */
export const traceTree = (events: readonly Recorded[], { isFirstPage = true } = {}): readonly TraceNode[] => {
  const causes = causesOf(events, isFirstPage);
  const effects = grouped(causes.values(), ({ parent }) => parent);
  const nodes: TraceNode[] = [];
  const shown = new Set<string>();
  const show = (from: readonly Cause[]): void => {
    const open = from.map((cause) => ({ cause, depth: 0 })).reverse();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { cause, depth } = next;
      if (shown.has(cause.id)) continue;
      shown.add(cause.id);
      nodes.push(present(cause, depth));
      open.push(...(effects.get(cause.id) ?? []).map((effect) => ({ cause: effect, depth: depth + 1 })).reverse());
    }
  };
  show(effects.get(null) ?? []);
  // Causes that name each other in a circle have no beginning; they are shown all the same.
  show([...causes.values()].filter(({ id }) => !shown.has(id)));
  return nodes;
};
