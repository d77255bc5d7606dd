import { STATUS_CODES } from 'node:http';
import { Type } from 'typebox';
import { PROBLEM_CONTENT_TYPE, PROBLEM_SCHEMA_ID, ProblemDetails } from './problem.js';
import type { Surface } from './surface.js';

/** Errors in the format of RFC 9457: for the marketplace and for paths of no documented API. */
export const problemDetails: Surface = {
  name: 'marketplace',
  basePath: '',
  reads: ['accounts', 'sessions', 'courses', 'carts', 'enrollments', 'coupons', 'payments', 'paymentBilling', 'invoices'],
  errorContentType: PROBLEM_CONTENT_TYPE,
  errorSchema: ProblemDetails,
  errorSchemaId: PROBLEM_SCHEMA_ID,
  errorOverrides: {
    'amount-mismatch': 'The amount is not what this costs; details has the right one.',
    'course-free': 'The course is free: enroll with POST /courses/:id/enroll.',
    'course-not-free': 'The course is not free: put it into the cart and pay for it with POST /payments.',
    'password-not-set': 'The account has no password yet: ask for a code with POST /auth/forgot-password.',
    'second-factor-required': 'A code was mailed: send it as otp, together with email and password, or to POST /otp/verify with purpose login_verification.',
  },
  presentError: ({ status, code, message, errors, details }, request) => ({
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    instance: `urn:request:${request.id}`,
    code,
    ...(errors === undefined ? {} : { errors }),
    ...(details === undefined ? {} : { details }),
  }),
  acceptedSchema: Type.Object(
    { status: Type.Literal('accepted'), position: Type.String() },
    { description: 'Carried out; the read models do not show it yet. Read with X-Min-Position: <position>.' },
  ),
  presentAccepted: (position) => ({ status: 'accepted', position: position.toString() }),
};
