const LONGEST = 300;
const DELIMITER = /[/?&=]/;
const isAddress = (part: string): boolean => part.includes('@') || part.includes('%40');

/** Links in mails have a token; a browser comes back from a provider with a code and a state. */
const SECRETS: ReadonlySet<string | undefined> = new Set(['token', 'code', 'state']);
const isToken = (parts: readonly string[], place: number): boolean => parts[place - 1] === '=' && SECRETS.has(parts[place - 2]);

/** The end of the last part of a URL that begins within the first 300 characters. */
const endOf = (url: string): number => {
  const rest = url.slice(LONGEST).search(DELIMITER);
  return rest === -1 ? url.length : LONGEST + rest;
};

/** A URL as logs and messages show it: 300 characters at most, and email addresses and what links are authorized by do not belong there. */
export const shownUrl = (url: string): string => {
  const whole = url.slice(0, url.length <= LONGEST ? url.length : endOf(url));
  const shown = whole
    .split(/([/?&=])/)
    .map((part, place, parts) => (isAddress(part) ? '[email]' : isToken(parts, place) ? '[token]' : part))
    .join('');
  return shown.length <= LONGEST && whole.length === url.length ? shown : `${shown.slice(0, LONGEST - 1)}…`;
};
