import type { CourseChanges } from '../../../commands/courses/change-course.js';
import type { CreateCourseInput } from '../../../commands/courses/create-course.js';
import type { Outcome } from '../../../commands/outcome.js';
import { minorUnits, plainDecimal, type AmountProblem } from '../../../domain/kernel/money.js';
import { invalidField } from '../../shared/problem.js';
import type { ChangeCourseBody, CreateCourseBody } from './schemas.js';

const WRONG: Readonly<Record<AmountProblem, (currency: string) => string>> = {
  'not-a-number': () => 'must be a number',
  negative: () => 'must not be negative',
  'not-positive': () => 'must not be negative',
  'too-precise': (currency) => `must have at most ${minorUnits(currency)} decimal places (${currency})`,
  'too-large': () => 'is too large',
};

const isProblem = (problem: unknown): problem is AmountProblem => typeof problem === 'string' && Object.hasOwn(WRONG, problem);

/** A price is judged in the currency of its course, by the use case: the answer names the field. */
export const namingPrice = <Value, Rejection extends string>(outcome: Outcome<Value, Rejection>): Outcome<Value, Rejection> => {
  if (outcome.ok || outcome.rejection !== 'amount-invalid') return outcome;
  const problem = outcome.details?.['problem'];
  throw invalidField('price', WRONG[isProblem(problem) ? problem : 'not-a-number'](String(outcome.details?.['currency'])));
};

const organizationOf = ({ organizationId = null, isOrgPrivate = false }: CreateCourseBody) => {
  if (isOrgPrivate && organizationId === null) throw invalidField('isOrgPrivate', 'only a course with an organizationId can be private to it');
  return { organizationId, organizationPrivate: isOrgPrivate };
};

export const newCourseOf = (body: CreateCourseBody): Omit<CreateCourseInput, 'actor'> => ({
  title: body.title,
  description: body.description,
  thumbnailUrl: body.thumbnailUrl ?? null,
  level: body.level,
  category: body.category,
  tags: body.tags ?? [],
  price: plainDecimal(body.price),
  published: body.isPublished ?? false,
  ...organizationOf(body),
  levelId: body.levelId ?? null,
  capacity: body.capacity ?? null,
});

export const courseChangesOf = (body: ChangeCourseBody): CourseChanges => {
  const { price, isPublished, isOrgPrivate, ...changes } = body;
  return {
    ...changes,
    ...(price === undefined ? {} : { price: plainDecimal(price) }),
    ...(isPublished === undefined ? {} : { published: isPublished }),
    ...(isOrgPrivate === undefined ? {} : { organizationPrivate: isOrgPrivate }),
  };
};
