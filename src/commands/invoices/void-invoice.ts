import { reject } from '../../domain/kernel/decider.js';
import type { InvoiceRejection } from '../../domain/invoice/decider.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import { isAdmin } from '../access/rules.js';
import type { CommandServices } from '../services.js';

export interface VoidInvoiceInput {
  readonly actor: Actor;
  readonly invoiceId: string;
  readonly reason: string;
}

export const voidInvoice =
  ({ handler, clock }: CommandServices) =>
  async (
    { actor, invoiceId, reason }: VoidInvoiceInput,
    context: CommandContext,
  ): Promise<Outcome<null, InvoiceRejection | 'invoice-not-permitted'>> => {
    if (!isAdmin(actor)) return reject('invoice-not-permitted');
    const data = { reason, at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.invoice, invoiceId, { type: 'VoidInvoice', data }, context);
    return done(handled, null);
  };
