import { parseArgs } from 'node:util';
import { backUp } from '../adapters/embedded/backup.js';
import { DONE, type Command } from './command.js';

/** Copies log and files of DATA_DIR into a new folder, also while a server uses them. */
export const backupCommand: Command<'data folder'> = {
  summary: 'copies the embedded log and the stored files into a new folder, also while the server runs',
  usage: 'backup FOLDER',
  needs: 'data folder',
  parse: (args) => {
    const [folder, ...rest] = parseArgs({ args: [...args], allowPositionals: true }).positionals;
    if (folder === undefined || rest.length > 0) return undefined;
    return async ({ dataDirectory, clock }, { print, signal }) => {
      const { events, head, files } = await backUp({ from: dataDirectory, to: folder, clock, onProgress: print, signal });
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      print(`${folder}: ${events} events up to position ${head}, ${files.length} files, ${bytes} bytes. Secrets are not in it: keep them apart`);
      return DONE;
    };
  },
};
