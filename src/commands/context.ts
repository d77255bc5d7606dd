import { uuidV5 } from '../primitives/uuid-v5.js';

/** Who asks, and as part of what. */
export interface CommandContext {
  /** UUID. The same command id is the same command: it is carried out once, and answered alike each time. */
  readonly commandId: string;
  readonly actorId: string | null;
  readonly correlationId: string;
  readonly causationId: string;
}

/** The context of a command that another one is made of: its id follows from the first, so that a repeat repeats it too. */
export const derivedContext = (context: CommandContext, step: string): CommandContext => ({
  ...context,
  commandId: uuidV5(step, context.commandId),
  causationId: context.commandId,
});
