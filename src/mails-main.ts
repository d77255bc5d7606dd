import { runCommandLine } from './composition/command-line.js';
import { openMailsProgram } from './composition/open-mails-program.js';
import { runOperatorCommand } from './composition/operator-command.js';

await runCommandLine((commandLine) => runOperatorCommand('mails', commandLine, () => openMailsProgram(commandLine)));
