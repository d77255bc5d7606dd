import { backUp } from '../adapters/embedded/backup.js';
import { ACCEPT_REPLACED_TEXT } from '../log-copy/log-check.js';
import { PassThroughCodec } from '../log-copy/pass-through-codec.js';
import { DONE, type Command } from './command.js';
import { folderAndAcceptance } from './folder-and-acceptance.js';
import { logVerifier } from './log-verifier.js';

/** Copies log and files of DATA_DIR into a new folder, also while a server uses them, and replays the copy to prove it. */
export const backupCommand: Command<'data folder'> = {
  summary: 'copies the embedded log and the stored files into a new folder, also while the server runs, and proves the copy',
  usage: `backup FOLDER [--${ACCEPT_REPLACED_TEXT}]`,
  needs: 'data folder',
  parse: (args) => {
    const asked = folderAndAcceptance(args);
    if (asked === undefined) return undefined;
    const { folder, acceptReplacedText } = asked;
    return async ({ dataDirectory, clock }, terminal) => {
      const { print, signal } = terminal;
      const options = { codec: new PassThroughCodec(), verify: logVerifier(terminal, acceptReplacedText), onProgress: print, signal };
      const { events, head, files } = await backUp({ from: dataDirectory, to: folder, clock, ...options });
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      print(`${folder}: ${events} events up to position ${head}, ${files.length} files, ${bytes} bytes. Secrets are not in it: keep them apart`);
      return DONE;
    };
  },
};
