import { parseArgs } from 'node:util';
import { ACCEPT_REPLACED_TEXT } from '../log-copy/log-check.js';

interface Asked {
  readonly folder: string;
  readonly acceptReplacedText: boolean;
}

/** The arguments of commands that check a log in a folder or a file; undefined when they make no sense. */
export const folderAndAcceptance = (args: readonly string[]): Asked | undefined => {
  const options = { [ACCEPT_REPLACED_TEXT]: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [folder, ...rest] = positionals;
  if (folder === undefined || rest.length > 0) return undefined;
  return { folder, acceptReplacedText: values[ACCEPT_REPLACED_TEXT] };
};
