import { invalidField } from './problem.js';
import type { AskedMoment } from './past-answers.js';

const POSITION = /^\d{1,39}$/;
/** A space stands for the plus of a zone: in a query it has to be written as %2B, which people forget. */
const TIME = /^\d{4}-\d{2}-(\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+ -]\d{2}:\d{2})$/;
const SENTENCE = 'must be a position, as X-Position gives it, or an ISO 8601 time with a zone, such as 2026-03-01T12:00:00Z';
const NAME = 'asOf';

const nameOf = (pair: string): string => pair.slice(0, pair.includes('=') ? pair.indexOf('=') : pair.length);

/** The URL and what `asOf` in its query says; undefined: it asks for the present. */
export const splitMoment = (url: string): { readonly url: string; readonly asOf: string } | undefined => {
  const mark = url.indexOf('?');
  // Each request comes here.
  if (mark === -1 || !url.includes(NAME, mark)) return undefined;
  const pairs = url.slice(mark + 1).split('&');
  const asked = pairs.filter((pair) => nameOf(pair) === NAME);
  const [first] = asked;
  if (first === undefined) return undefined;
  if (asked.length > 1) throw invalidField(NAME, 'must be there once');
  const rest = pairs.filter((pair) => nameOf(pair) !== NAME);
  const asOf = new URLSearchParams(first).get(NAME) ?? '';
  return { url: rest.length === 0 ? url.slice(0, mark) : `${url.slice(0, mark)}?${rest.join('&')}`, asOf };
};

/** Throws a 400 that names the field. */
export const parseMoment = (text: string): AskedMoment => {
  if (POSITION.test(text)) return { position: BigInt(text) };
  const day = TIME.exec(text)?.[1];
  const time = new Date(text.replace(' ', '+'));
  if (day === undefined || Number.isNaN(time.getTime()) || new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() !== Number(day)) throw invalidField(NAME, SENTENCE);
  return { time };
};

export const momentToCome = () => invalidField(NAME, 'has not come yet: the log ends before it');
