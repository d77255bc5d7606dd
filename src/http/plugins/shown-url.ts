const LONGEST = 300;
const DELIMITER = /[/?&=]/;
const isAddress = (part: string): boolean => part.includes('@') || part.includes('%40');

/** The value of a parameter `token`, such as links in mails have. */
const isToken = (parts: readonly string[], place: number): boolean => parts[place - 1] === '=' && parts[place - 2] === 'token';

/** The end of the last part of a URL that begins within the first 300 characters. */
const endOf = (url: string): number => {
  const rest = url.slice(LONGEST).search(DELIMITER);
  return rest === -1 ? url.length : LONGEST + rest;
};

/** A URL as logs and messages show it: 300 characters at most, and email addresses and the tokens of links do not belong there. */
export const shownUrl = (url: string): string => {
  const whole = url.slice(0, url.length <= LONGEST ? url.length : endOf(url));
  const shown = whole
    .split(/([/?&=])/)
    .map((part, place, parts) => (isAddress(part) ? '[email]' : isToken(parts, place) ? '[token]' : part))
    .join('');
  return shown.length <= LONGEST && whole.length === url.length ? shown : `${shown.slice(0, LONGEST - 1)}…`;
};
