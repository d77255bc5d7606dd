import { STATUS_CODES } from 'node:http';
import { Type } from 'typebox';
import type { RejectionDetails } from '../../domain/kernel/decider.js';

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** An answer other than success. The error handler prints it in the envelope of the request's surface. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly headers: Record<string, string> = {};

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly errors?: readonly FieldError[],
    readonly details?: RejectionDetails,
  ) {
    super(detail);
  }
}

export const notFound = (what: string): Problem => new Problem(404, 'not-found', `There is no such ${what}.`);
export const forbidden = (detail: string): Problem => new Problem(403, 'forbidden', detail);
/** One field is wrong in a way that the schema can't express. */
export const invalidField = (field: string, message: string): Problem =>
  new Problem(400, 'validation-failed', `${field}: ${message}`, [{ field, message }]);

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

export const PROBLEM_SCHEMA_ID = 'ProblemDetails';

export const ProblemDetails = Type.Object(
  {
    type: Type.String({ description: 'URI of the kind of problem' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    instance: Type.String({ description: 'URN of the request id' }),
    code: Type.String({ description: 'What a program can branch on' }),
    errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
    details: Type.Optional(Type.Object({}, { additionalProperties: true, description: 'The values behind a refusal' })),
  },
  { $id: PROBLEM_SCHEMA_ID },
);

export const errorResponse = (status: number, { contentType, schemaId }: { contentType: string; schemaId: string }) => ({
  description: STATUS_CODES[status] ?? 'Problem',
  content: { [contentType]: { schema: { $ref: `${schemaId}#` } } },
});

/**
 * Response schemas of the problems that a route answers: `response: { 200: Cart, ...problems(404, 409) }`.
 * 400, 401, 403, 429, 500 and 503 are added to each route where they apply, and under another surface's base path all
 * of them become that surface's own error schema. The type is empty on purpose: problems
 * are thrown, so that handlers are checked against the success schemas alone.
 */
export const problems = (...statuses: readonly number[]): Readonly<Record<never, never>> =>
  Object.fromEntries(
    statuses.map((status) => [status, errorResponse(status, { contentType: PROBLEM_CONTENT_TYPE, schemaId: PROBLEM_SCHEMA_ID })]),
  );
