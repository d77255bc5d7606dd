import type { CommandContext } from '../../commands/context.js';
import type { CommandHandler } from '../../commands/write-path/command-handler.js';
import { aggregates } from '../../domain/aggregates.js';
import type { ProcessCommand } from '../../processes/process.js';

export type Dispatched = Readonly<{ ok: true }> | Readonly<{ ok: false; rejection: string }>;
export type CommandDispatch = (command: ProcessCommand, context: CommandContext) => Promise<Dispatched>;

/** Hands a process's command to the aggregate that it names. */
export const commandDispatch =
  (handler: CommandHandler): CommandDispatch =>
  ({ aggregate, id, command }, context) => {
    switch (aggregate) {
      case 'cart': return handler.handle(aggregates.cart, id, command, context);
      case 'coupon': return handler.handle(aggregates.coupon, id, command, context);
      case 'course': return handler.handle(aggregates.course, id, command, context);
      case 'enrollment': return handler.handle(aggregates.enrollment, id, command, context);
      case 'invoice': return handler.handle(aggregates.invoice, id, command, context);
      case 'payment': return handler.handle(aggregates.payment, id, command, context);
    }
  };
