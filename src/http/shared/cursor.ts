import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { Place } from '../../projections/kernel/slice.js';
import { invalidField } from './problem.js';

const Scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);
const Content = Type.Tuple([Type.String(), Type.Array(Scalar), Type.String()]);

/** For clients a word without a meaning: the `nextCursor` of a page gives the page after it. */
export const Cursor = Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 4_000, description: 'The nextCursor of another page: the page after it, also while rows are added and removed. Takes the place of page' });

export const foreignCursor = () => invalidField('cursor', 'must be the nextCursor of a page of this list');

export const cursorOf = ({ order, values, id }: Place): string => {
  const content: Static<typeof Content> = [order, [...values], id];
  return Buffer.from(JSON.stringify(content)).toString('base64url');
};

const contentOf = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** Throws a 400 on what no page has given. */
export const placeOf = (cursor: string): Place => {
  const content = contentOf(cursor);
  if (!Value.Check(Content, content)) throw foreignCursor();
  const [order, values, id] = content;
  const place = { order, values, id };
  if (cursorOf(place) !== cursor) throw foreignCursor();
  return place;
};
