import { uuidV5 } from '../primitives/uuid-v5.js';

export interface CommandContext {
  /** UUID. The same command id is the same command: it is carried out once and answered alike each time. */
  readonly commandId: string;
  readonly actorId: string | null;
  readonly correlationId: string;
  readonly causationId: string;
  /** The id was made for this request: nothing was ever done under it. */
  readonly isFirst?: boolean;
  /** The network that a request came from; absent where no request did. */
  readonly caller?: string;
}

/** The context of one step of a command. Its id is derived from the command's, so that a repeat repeats the step. */
export const derivedContext = (context: CommandContext, step: string): CommandContext => ({
  ...context,
  commandId: uuidV5(step, context.commandId),
  causationId: context.commandId,
});
