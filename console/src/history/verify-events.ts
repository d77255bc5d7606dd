import { checkCheckpoint, type CheckedCheckpoint } from '../verification/checkpoint-check.js';
import { checkEvent, withoutFalseDelays, type CheckedEvent } from '../verification/event-check.js';
import { hashFieldOf } from '../verification/event-hash.js';
import { offeredKey, serverSource } from '../verification/server-source.js';
import { keepSeen, trusted, trustKey } from '../verification/trust.js';
import type { AuditedEvent } from './ask.js';

export interface Verified {
  readonly checkpoint: CheckedCheckpoint;
  /** What the server says its key is, where this browser trusts none of those that signed. */
  readonly offered?: string;
  readonly isFirstKey: boolean;
  /** By id, as far as it came. */
  readonly events: ReadonlyMap<string, CheckedEvent>;
}

const byId = (events: readonly AuditedEvent[], checked: readonly CheckedEvent[]): ReadonlyMap<string, CheckedEvent> =>
  new Map(events.flatMap(({ id }, place) => {
    const found = checked[place];
    return found === undefined ? [] : [[id, found] as const];
  }));

/** Checks events of one stream in their order, and tells of each step. A key is trusted at first sight where none was before. */
export const verifyEvents = async (stream: string, events: readonly AuditedEvent[], tell: (verified: Verified) => void, signal: AbortSignal): Promise<void> => {
  const source = serverSource(signal);
  const isFirstKey = trusted().vkeys.length === 0;
  if (isFirstKey) trustKey(await offeredKey(signal));
  const checkpoint = await checkCheckpoint(source, trusted());
  const checked: CheckedEvent[] = [];
  const offered = checkpoint.is === 'unknown-key' ? { offered: await offeredKey(signal) } : {};
  const now = (): Verified => ({ checkpoint, isFirstKey, ...offered, events: byId(events, withoutFalseDelays(checked)) });
  tell(now());
  if (checkpoint.is !== 'holds') return;
  keepSeen(checkpoint.note);
  let before: string | null | undefined;
  for (const event of events) {
    if (signal.aborted) return;
    const shown = { stream, ...event };
    checked.push(await checkEvent(source, checkpoint.checkpoint, shown, event.revision === 0 ? null : before));
    before = hashFieldOf(shown);
    tell(now());
  }
};
