interface Range {
  readonly type: string;
  readonly quality: number;
}

const MOST_RANGES = 20;
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json$/;

const rangeOf = (text: string): Range => {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.map((parameter) => /^q=(\d(?:\.\d{1,3})?)$/.exec(parameter)?.[1]).find((found) => found !== undefined);
  return { type, quality: quality === undefined ? 1 : Number(quality) };
};

/**
 * Whether an Accept header names text/html and wants JSON no more than that: browsers do when they open a page. Neither
 * programs that send none nor those that take everything are meant.
 */
export const prefersHtml = (accept: string | undefined): boolean => {
  if (accept === undefined) return false;
  const ranges = accept.split(',', MOST_RANGES).map(rangeOf);
  const html = ranges.find(({ type }) => type === 'text/html' || type === 'application/xhtml+xml')?.quality ?? 0;
  const json = Math.max(0, ...ranges.filter(({ type }) => JSON_TYPE.test(type)).map(({ quality }) => quality));
  return html > 0 && html >= json;
};
