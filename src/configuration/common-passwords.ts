import { createRequire } from 'node:module';

/** What guessers try first. The list that npm keeps is longer: beyond these a password is as good as many others. */
const REFUSED = 10_000;

const isListOfTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');

let known: ReadonlySet<string> | undefined;

/** The commonest passwords, in lower case. The list is read when it is first asked for: not every program needs it. */
export const commonPasswords = (): ReadonlySet<string> => {
  if (known !== undefined) return known;
  const list: unknown = createRequire(import.meta.url)('@zxcvbn-ts/language-common/dist/passwords.json.cjs');
  const passwords = isListOfTexts(list) ? list : typeof list === 'object' && list !== null && 'default' in list ? list.default : undefined;
  if (!isListOfTexts(passwords) || passwords.length < REFUSED) throw new Error('the list of common passwords is not what it was');
  known = new Set(passwords.slice(0, REFUSED));
  return known;
};

interface Variables {
  readonly NODE_ENV: string;
  readonly COMMON_PASSWORDS?: 'refused' | 'allowed';
}

/** New passwords that are not taken, in lower case. */
export const refusedPasswordsOf = ({ NODE_ENV, COMMON_PASSWORDS = NODE_ENV === 'production' ? 'refused' : 'allowed' }: Variables): ReadonlySet<string> =>
  COMMON_PASSWORDS === 'refused' ? commonPasswords() : new Set();
