import type { RecordedEvent } from '../../ports/event-store.js';
import { canonicalJson } from '../../primitives/canonical-json.js';

/** Events of these categories, in the order of the log, are what an export holds and what the tree is made of. */
export const AUDITED_CATEGORIES: readonly string[] = ['payment', 'coupon'];

const FORMAT = 'registrar-audit/1';
const SEALED = 'sealed:';

export interface EventLineOptions {
  /** A token that builds before sealing wrote in plain text: operators may have it, nobody over HTTP. */
  readonly plainTokens?: 'shown' | 'withheld';
}

const lineOf = (value: object): string => `${canonicalJson(value)}\n`;

const tokenOf = ({ type, data }: Pick<RecordedEvent, 'type' | 'data'>): unknown => (type === 'PaymentCaptureRequested' && 'token' in data ? data.token : null);

/** The lines of docs/audit-format.md, each with its line feed. The first: */
export const headerLine = (origin: string): string => lineOf({ format: FORMAT, origin });

/** One event as it was written (not upcast), with its place among all audited events, from 0. */
export const eventLine = (event: RecordedEvent, index: number, { plainTokens = 'shown' }: EventLineOptions = {}): string => {
  const { stream, revision, id, type, data } = event;
  const { actorId, correlationId, causationId, commandId, occurredAt, schemaVersion, previousHash = null, hash = null } = event.metadata;
  const metadata = { actorId, correlationId, causationId, commandId, occurredAt, schemaVersion, previousHash, hash };
  const shown = { index, stream, revision, id, type, data, metadata };
  const token = plainTokens === 'withheld' ? tokenOf(event) : null;
  return lineOf(typeof token === 'string' && !token.startsWith(SEALED) ? { ...shown, data: { ...data, token: null }, withheld: ['token'] } : shown);
};

/** A signed checkpoint, after the event with index size - 1. */
export const checkpointLine = (note: string): string => lineOf({ checkpoint: note });

/** The last one. `root` in base64; `note`: the checkpoint of this size, or null where nothing was ever signed. */
export const trailerLine = (size: number, root: string, note: string | null): string => lineOf({ size, root, checkpoint: note });
