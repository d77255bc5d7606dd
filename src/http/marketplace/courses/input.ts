import type { CourseChanges } from '../../../commands/courses/change-course.js';
import type { CreateCourseInput } from '../../../commands/courses/create-course.js';
import { minorUnits, parseAmount, type AmountProblem } from '../../../domain/kernel/money.js';
import { invalidField } from '../../shared/problem.js';
import type { ChangeCourseBody, CreateCourseBody } from './schemas.js';

const wrong = (problem: AmountProblem, currency: string): string => {
  switch (problem) {
    case 'not-a-number': return 'must be a number';
    case 'negative':
    case 'not-positive': return 'must not be negative';
    case 'too-precise': return `must have at most ${minorUnits(currency)} decimal places (${currency})`;
    case 'too-large': return 'is too large';
  }
};

const priceOf = (price: number, currency: string): string => {
  const parsed = parseAmount(price, currency);
  if (!parsed.ok) throw invalidField('price', wrong(parsed.problem, currency));
  return parsed.amount;
};

const organizationOf = ({ organizationId = null, isOrgPrivate = false }: CreateCourseBody) => {
  if (isOrgPrivate && organizationId === null) throw invalidField('isOrgPrivate', 'only a course with an organizationId can be private to it');
  return { organizationId, organizationPrivate: isOrgPrivate };
};

export const newCourseOf = (body: CreateCourseBody, currency: string): Omit<CreateCourseInput, 'actor'> => ({
  title: body.title,
  description: body.description,
  thumbnailUrl: body.thumbnailUrl ?? null,
  level: body.level,
  category: body.category,
  tags: body.tags ?? [],
  price: priceOf(body.price, currency),
  published: body.isPublished ?? false,
  ...organizationOf(body),
  capacity: body.capacity ?? null,
});

export const courseChangesOf = (body: ChangeCourseBody, currency: string): CourseChanges => {
  const { price, isPublished, isOrgPrivate, ...changes } = body;
  return {
    ...changes,
    ...(price === undefined ? {} : { price: priceOf(price, currency) }),
    ...(isPublished === undefined ? {} : { published: isPublished }),
    ...(isOrgPrivate === undefined ? {} : { organizationPrivate: isOrgPrivate }),
  };
};
