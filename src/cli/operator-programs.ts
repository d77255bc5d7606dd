import type { OperatorProgram } from '../adapters/control-socket/control-server.js';
import type { Adapters } from '../composition/adapters.js';
import type { CommandServices } from '../commands/services.js';
import { treeOf } from '../projections/audit-tree/queries.js';
import { auditCheckpointCommand } from './audit/checkpoint.js';
import { runOn, type Command, type Need, type Needs } from './command.js';
import { deadLettersCommand } from './deadletters.js';
import { mailsCommand } from './mails.js';
import { reconcileCommand } from './reconcile.js';

const NEVER = new AbortController().signal;

/** A program that was begun in a server is finished there, even if its client goes away. */
const program =
  <N extends Need>(command: Command<N>, needed: Needs[N]): OperatorProgram =>
  ({ args, operator }, print) =>
    runOn(command, args, needed, { print, operator, signal: NEVER });

/** The commands, by name, that a server carries out for the operator where it alone has DATA_DIR. */
export const operatorPrograms = ({ bus, readModels, gateway }: Pick<Adapters, 'bus' | 'readModels' | 'gateway'>, commands: CommandServices, { signer, level }: Pick<Needs['audit'], 'signer' | 'level'>) => ({
  deadletters: program(deadLettersCommand, { bus }),
  mails: program(mailsCommand, { commands, readModels }),
  'audit checkpoint': program(auditCheckpointCommand, { commands, signer, tree: treeOf(readModels), level }),
  reconcile: program(reconcileCommand, { commands, readModels, gateway }),
});
