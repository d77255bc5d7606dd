import { restore } from '../adapters/embedded/restore.js';
import { ACCEPT_REPLACED_TEXT } from '../log-copy/log-check.js';
import { PassThroughCodec } from '../log-copy/pass-through-codec.js';
import { DONE, type Command } from './command.js';
import { folderAndAcceptance } from './folder-and-acceptance.js';
import { logVerifier } from './log-verifier.js';

/** Fills an empty DATA_DIR from a backup after replaying its log to check it. */
export const restoreCommand: Command<'data folder'> = {
  summary: 'fills an empty DATA_DIR from a backup and replays its log to prove it',
  usage: `restore FOLDER [--${ACCEPT_REPLACED_TEXT}]`,
  needs: 'data folder',
  parse: (args) => {
    const asked = folderAndAcceptance(args);
    if (asked === undefined) return undefined;
    const { folder, acceptReplacedText } = asked;
    return async ({ dataDirectory }, terminal) => {
      const { print, signal } = terminal;
      const options = { from: folder, to: dataDirectory, codec: new PassThroughCodec(), verify: logVerifier(terminal, acceptReplacedText), onProgress: print, signal };
      const { takenAt } = await restore(options);
      print(`restored into ${dataDirectory}, as it was on ${takenAt}. The read models are built at the next start`);
      return DONE;
    };
  },
};
