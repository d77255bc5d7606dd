import type { CommandContext } from '../../commands/context.js';
import { creditRefund } from '../../commands/invoices/credit-refund.js';
import { invoicePayment } from '../../commands/invoices/invoice-payment.js';
import { voidUnpaidInvoice } from '../../commands/invoices/void-unpaid-invoice.js';
import type { CommandHandler } from '../../commands/write-path/command-handler.js';
import { aggregates, type Aggregates } from '../../domain/aggregates.js';
import type { Aggregate } from '../../domain/kernel/aggregate.js';
import type { AggregateCommand, AggregateCommands, CommandTarget, DocumentCommand, ProcessCommand } from '../../processes/process.js';

export type Dispatched = Readonly<{ ok: true }> | Readonly<{ ok: false; rejection: string }>;
export type CommandDispatch = (command: ProcessCommand, context: CommandContext) => Promise<Dispatched>;

type States = { readonly [Target in CommandTarget]: ReturnType<Aggregates[Target]['decider']['initialState']> };
type Events = { readonly [Target in CommandTarget]: Parameters<Aggregates[Target]['decider']['evolve']>[1] };
type Rejections = {
  readonly [Target in CommandTarget]: Extract<ReturnType<Aggregates[Target]['decider']['decide']>, { ok: false }>['rejection'];
};
type Targets = {
  readonly [Target in CommandTarget]: Aggregate<States[Target], AggregateCommands[Target], Events[Target], Rejections[Target]>;
};

const targets: Targets = aggregates;

const DOCUMENT_COMMANDS: ReadonlySet<string> = new Set<DocumentCommand['command']['type']>([
  'InvoicePayment',
  'VoidUnpaidInvoice',
  'CreditRefund',
]);

const isDocument = (asked: ProcessCommand): asked is DocumentCommand => DOCUMENT_COMMANDS.has(asked.command.type);

export const commandDispatch = (handler: CommandHandler): CommandDispatch => {
  const send = <Target extends CommandTarget>({ aggregate, id, command }: AggregateCommand<Target>, context: CommandContext): Promise<Dispatched> =>
    handler.handle(targets[aggregate], id, command, context);
  const makeDocument = ({ command: { type, data } }: DocumentCommand, context: CommandContext): Promise<Dispatched> => {
    switch (type) {
      case 'InvoicePayment':
        return invoicePayment({ handler })(data, context);
      case 'VoidUnpaidInvoice':
        return voidUnpaidInvoice({ handler })(data, context);
      case 'CreditRefund':
        return creditRefund({ handler })(data, context);
    }
  };
  return (asked, context) => (isDocument(asked) ? makeDocument(asked, context) : send(asked, context));
};
