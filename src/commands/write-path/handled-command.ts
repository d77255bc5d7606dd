import type { Refusal } from '../../domain/kernel/decider.js';
import type { Position } from '../../ports/event-store.js';

export type HandledCommand<State, Rejection extends string> =
  | Readonly<{
      ok: true;
      state: State;
      /** -1: the stream is empty. */
      revision: number;
      /** The position of the stream's last event: a read model that has passed it shows the command. */
      position: Position;
      /** The command was carried out earlier; nothing was appended now. */
      duplicate: boolean;
      /** The command recorded events, now or when it was carried out. */
      changed: boolean;
    }>
  | Refusal<Rejection>;
