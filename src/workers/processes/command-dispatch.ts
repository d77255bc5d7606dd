import type { CommandHandler } from '../../commands/write-path/command-handler.js';
import type { CommandContext } from '../../commands/context.js';
import {
  cartAggregate,
  couponAggregate,
  courseAggregate,
  enrollmentAggregate,
  invoiceAggregate,
  paymentAggregate,
} from '../../commands/money-aggregates.js';
import type { ProcessCommand } from '../../processes/process.js';

export type Dispatched = Readonly<{ ok: true }> | Readonly<{ ok: false; rejection: string }>;
export type CommandDispatch = (command: ProcessCommand, context: CommandContext) => Promise<Dispatched>;

/** Hands a process's command to the aggregate that it names. */
export const commandDispatch =
  (handler: CommandHandler): CommandDispatch =>
  ({ aggregate, id, command }, context) => {
    switch (aggregate) {
      case 'cart': return handler.handle(cartAggregate, id, command, context);
      case 'coupon': return handler.handle(couponAggregate, id, command, context);
      case 'course': return handler.handle(courseAggregate, id, command, context);
      case 'enrollment': return handler.handle(enrollmentAggregate, id, command, context);
      case 'invoice': return handler.handle(invoiceAggregate, id, command, context);
      case 'payment': return handler.handle(paymentAggregate, id, command, context);
    }
  };
