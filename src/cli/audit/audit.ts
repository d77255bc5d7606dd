import { newSigningKey } from '../../adapters/embedded/checkpoint-signer.js';
import { verifyFiles } from '../../audit-verifier/verify-files.js';
import { DONE, WRONG_USAGE, type Terminal } from '../command.js';

const OPTIONS_WITH_VALUES: ReadonlySet<string | undefined> = new Set(['--key', '--checkpoint']);
/** As names of logs may be: no blanks, no plus. */
const NAME = /^[^+\s]{1,100}$/;

/** Whether the arguments of `audit verify` name a file, which needs neither a configuration nor a server. */
export const namesFile = (args: readonly string[]): boolean => args.some((arg, place) => !arg.startsWith('--') && !OPTIONS_WITH_VALUES.has(args[place - 1]));

export const verifyFile = (args: readonly string[], { print }: Pick<Terminal, 'print'>): Promise<number> => verifyFiles(args, print);

/** Prints a new signing key and its public half; nothing is kept. */
export const newKey = ([name, ...rest]: readonly string[], { print }: Pick<Terminal, 'print'>): number => {
  if (name === undefined || rest.length > 0 || !NAME.test(name)) {
    print('usage: registrar audit new-key NAME: that of the log, such as registrar.example.org/audit');
    return WRONG_USAGE;
  }
  const { signingKey, vkey } = newSigningKey(name);
  print(`AUDIT_SIGNING_KEY=${signingKey}`);
  print(`Public, for auditors: ${vkey}`);
  return DONE;
};
