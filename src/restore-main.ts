import { runCommandLine } from './composition/command-line.js';
import { runRestoreCommand } from './restore-cli.js';

await runCommandLine(({ args, config: { dataDirectory }, print, signal }) => runRestoreCommand(args, { dataDirectory, print, signal }));
