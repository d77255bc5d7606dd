import type { OperatorProgram } from '../adapters/control-socket/control-server.js';
import type { CommandServices } from '../commands/services.js';
import { runDeadLettersCommand } from '../deadletters-cli.js';
import { runMailsCommand } from '../mails-cli.js';
import type { Adapters } from './adapters.js';

/** What operators do by command line and a process that has the parts open can do for them. */
export const operatorPrograms = ({ bus, readModels }: Pick<Adapters, 'bus' | 'readModels'>, commands: CommandServices) =>
  ({
    deadletters: ({ args }, print) => runDeadLettersCommand(args, { bus, print }),
    mails: ({ args, operator }, print) => runMailsCommand(args, { commands, readModels, operator, print }),
  }) as const satisfies Readonly<Record<string, OperatorProgram>>;
