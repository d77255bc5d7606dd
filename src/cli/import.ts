import { EventCodec } from '../domain/event-codec.js';
import { importLog, WrongLine, type ImportProgress } from '../log-copy/import-log.js';
import { numberedLines } from '../log-copy/numbered-lines.js';
import { ACCEPT_REPLACED_TEXT } from '../log-copy/log-check.js';
import { DONE, FAILED, INTERRUPTED, type Action, type Command, type Terminal } from './command.js';
import { folderAndAcceptance } from './folder-and-acceptance.js';
import { tellReplacedText } from './replaced-text-report.js';

const TELL_EVERY = 10_000;

const sentenceOf = ({ standing, imported, chained }: ImportProgress): string =>
  `${imported} events imported${standing === 0 ? '' : `, ${standing} stood there already`}; ${chained} links of hash chains checked`;

const progressOf = (print: Terminal['print']): ((progress: ImportProgress) => void) => {
  let told = 0;
  return (progress) => {
    const seen = progress.standing + progress.imported;
    if (seen - told < TELL_EVERY) return;
    told = seen;
    print(sentenceOf(progress));
  };
};

const importFrom =
  (file: string, acceptReplacedText: boolean): Action<'log to fill'> =>
  async ({ target }, { print, signal }) => {
    try {
      const onProgress = progressOf(print);
      const progress = await importLog({ target, lines: numberedLines(file), codec: new EventCodec(), acceptReplacedText, signal, onProgress });
      tellReplacedText(progress.replaced, print);
      print(sentenceOf(progress));
      if (signal.aborted) print('interrupted: the same command goes on there');
      return signal.aborted ? INTERRUPTED : DONE;
    } catch (error) {
      if (!(error instanceof WrongLine)) throw error;
      print(`${error.message}. Nothing from this line on was imported`);
      return FAILED;
    }
  };

/** Fills the log from an exported file; after an interruption the same command continues. */
export const importCommand: Command<'log to fill'> = {
  summary: 'fills an empty log from an exported file, checking every line',
  usage: `import FILE [--${ACCEPT_REPLACED_TEXT}]`,
  needs: 'log to fill',
  parse: (args) => {
    const asked = folderAndAcceptance(args);
    return asked === undefined ? undefined : importFrom(asked.folder, asked.acceptReplacedText);
  },
};
