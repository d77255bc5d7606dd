import type { RejectionDetails } from '../domain/kernel/decider.js';
import type { Position } from '../ports/event-store.js';

/** What a use case answers. `position`: what a reader has to wait for to see it. */
export type Outcome<Value, Rejection extends string> =
  | Readonly<{ ok: true; value: Value; position: Position }>
  | Readonly<{ ok: false; rejection: Rejection; details?: RejectionDetails }>;
