import { systemClock } from './adapters/embedded/system-clock.js';
import { runBackupCommand } from './backup-cli.js';
import { runCommandLine } from './composition/command-line.js';

await runCommandLine(({ args, config: { dataDirectory }, print }) => runBackupCommand(args, { dataDirectory, clock: systemClock, print }));
