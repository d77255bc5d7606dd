import { runCommandLine } from './composition/command-line.js';
import { openWholeLog } from './composition/whole-log.js';
import { runExportCommand } from './export-cli.js';

await runCommandLine(async ({ args, config, print, signal }) => {
  const { source, close } = openWholeLog(config);
  try {
    return await runExportCommand(args, { source, print, signal });
  } finally {
    await close();
  }
});
