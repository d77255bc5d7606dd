import { runCommandLine } from './composition/command-line.js';
import { openLogToFill } from './composition/whole-log.js';
import { runImportCommand } from './import-cli.js';

await runCommandLine(async ({ args, config, print, signal }) => {
  const { target, close } = await openLogToFill(config);
  try {
    return await runImportCommand(args, { target, print, signal });
  } finally {
    await close();
  }
});
