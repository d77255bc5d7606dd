import { Type } from 'typebox';
import { isWebUrl } from '../kernel/web-url.js';
import type { RecordFields } from '../record/record-book.js';
import { resource } from '../record/resource.js';

const LONGEST_TEXT = 100_000;
const LONGEST_URL = 2_048;
export const HIGHEST_ORDER = 1_000_000;

const isLink = (content: string): boolean => content.length <= LONGEST_URL && isWebUrl(content);

const fitsType = ({ type, content }: RecordFields): boolean => type === 'text' || (typeof content === 'string' && isLink(content));

const isFilled = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/** A part of a course. It does not end with its course: who has bought a course keeps what is in it. */
export const material = resource('Material', {
  category: 'material',
  description: 'A material of a course',
  fields: {
    courseId: Type.String({ minLength: 1, maxLength: 64 }),
    title: Type.String({ minLength: 1, maxLength: 200 }),
    description: Type.Optional(Type.String({ maxLength: 5_000 })),
    type: Type.Enum(['video', 'pdf', 'link', 'text']),
    content: Type.String({
      minLength: 1,
      maxLength: LONGEST_TEXT,
      description: `The text itself; of a video, a pdf or a link its URL of http or https, of at most ${LONGEST_URL} characters`,
      examples: ['https://media.example/lesson'],
    }),
    order: Type.Number({ minimum: 0, maximum: HIGHEST_ORDER, description: 'The place in the course; among equals the older comes first' }),
    duration: Type.Optional(Type.Number({ minimum: 0, maximum: 31_536_000, description: 'Seconds' })),
    isPublished: Type.Boolean({ description: 'Students see it' }),
  },
  within: 'courseId',
  most: 1_000,
  checks: [
    { field: 'title', sentence: 'must not be blank', holds: ({ title }) => isFilled(title) },
    { field: 'content', sentence: `must be a URL of http or https, of at most ${LONGEST_URL} characters, unless the type is text`, holds: fitsType },
  ],
  references: { courseId: { to: 'course' } },
  rules: { read: 'course-member', write: 'course-changer' },
  lists: [
    { by: ['courseId'], sort: { order: 1, createdAt: 1 } },
    { by: ['courseId', 'isPublished'], sort: { order: 1, createdAt: 1 } },
  ],
});
