import type { FastifyRequest } from 'fastify';
import type { Outcome } from '../../../commands/outcome.js';
import type { Rejection } from '../../refusals/index.js';
import type { Words, Wordings } from '../../refusals/wording.js';
import { missed } from '../../shared/guesses.js';
import { invalidField } from '../../shared/problem.js';

const said = (field: string, message: string): Words => ({ status: 400, field, message });
const INVALID_CODE = said('coupon', 'Invalid coupon code');

/** What a student is told whose enrollment is refused; `what`: the field of the thing to be opened. */
export const enrollmentWords = (what: 'course' | 'module', alreadyEnrolled: string): Wordings => ({
  'already-enrolled': said('student', alreadyEnrolled),
  'purchase-under-way': said('student', 'A purchase of this course is under way.'),
  'grant-already-revoked': said('student', 'The enrollment was deleted meanwhile.'),
  'coupon-not-issued': INVALID_CODE,
  'coupon-withdrawn': INVALID_CODE,
  'coupon-expired': said('coupon', 'Coupon has expired'),
  'coupon-exhausted': said('coupon', 'Coupon has reached its maximum uses'),
  'coupon-use-ended': said('coupon', 'The use of the coupon was given back: try again.'),
  'coupon-not-active': said('coupon', 'Coupon is not active'),
  'coupon-of-another-teacher': said('coupon', `Coupon is not valid for this ${what}`),
  'coupon-disabled': said('coupon', 'Coupon status does not allow enrollment'),
  'coupon-required': said('coupon_code', `Coupon code is required for paid ${what}s.`),
  'not-a-student-of-teacher': said('user', 'You are not a student of this teacher.'),
  'course-not-published': said(what, what === 'course' ? 'Course is not published' : 'Module is not published'),
  'module-not-published': said('module', 'Module is not published'),
  'course-full': said('course', 'Course is full'),
});

/** A code that was tried in vain, also one of another teacher. */
const MISSES: ReadonlySet<Rejection> = new Set(['coupon-not-issued', 'coupon-withdrawn', 'coupon-of-another-teacher']);
const GONE: ReadonlySet<Rejection> = new Set(['course-not-found', 'course-deleted', 'course-private', 'module-not-found']);

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/** What Django REST framework says of a key that names nothing. Throws it. */
export const noSuchKey = (field: string, key: string): never => {
  throw invalidField(field, UUID.test(key) ? `Invalid pk "${key}" - object does not exist.` : 'Must be a valid UUID.');
};

/** Counts codes that were guessed, and says of what is not there that the field names nothing. */
export const reviewing =
  <Value>(request: FastifyRequest, field: string, key: string) =>
  (outcome: Outcome<Value, Rejection>): Outcome<Value, Rejection> => {
    if (outcome.ok) return outcome;
    if (MISSES.has(outcome.rejection)) missed(request);
    return GONE.has(outcome.rejection) ? noSuchKey(field, key) : outcome;
  };

const isFilled = (code: unknown): boolean => typeof code === 'string' && code.trim() !== '';

/** The request tries a code. */
export const namesCode = ({ body }: FastifyRequest): boolean => typeof body === 'object' && body !== null && 'coupon_code' in body && isFilled(body.coupon_code);

export const codeIn = ({ coupon_code: code }: { readonly coupon_code?: string | null | undefined }): string | null =>
  code === undefined || code === null || code.trim() === '' ? null : code;
