import { errorResponse, Problem } from '../shared/problem.js';
import type { Surface } from '../shared/surface.js';
import { refusalProblem, refusals, type Rejection } from './index.js';
import { inWordsOf, LiteralProblem, type LiteralBody, type ProblemCode, type Wordings } from './wording.js';

const statusOfOthers: Readonly<Record<Exclude<ProblemCode, Rejection>, number>> = {
  forbidden: 403,
  'not-found': 404,
  unauthenticated: 401,
  'validation-failed': 400,
};

const isRefusal = (code: string): code is Rejection => Object.hasOwn(refusals, code);
const isOther = (code: string): code is keyof typeof statusOfOthers => Object.hasOwn(statusOfOthers, code);

const problemOf = (code: string): Problem => {
  if (isRefusal(code)) return refusalProblem(code);
  return new Problem(isOther(code) ? statusOfOthers[code] : 400, code, '');
};

const withLiterals = (status: number, surface: Surface, bodies: readonly LiteralBody[]) => {
  const { errorContentType: contentType, errorSchemaId: schemaId } = surface;
  const envelope = errorResponse(status, { contentType, schemaId });
  if (bodies.length === 0) return envelope;
  const literals = bodies.map((example) => ({ type: 'object', additionalProperties: true, examples: [example] }));
  return { ...envelope, content: { [contentType]: { schema: { anyOf: [{ $ref: `${schemaId}#` }, ...literals] } } } };
};

/** Adds the statuses and literal bodies of a route's words to the responses of its schema. */
export const documentedWords = (wordings: Wordings, surface: Surface): Readonly<Record<string, unknown>> => {
  const answers = Object.keys(wordings).map((code) => inWordsOf(problemOf(code), surface.errorOverrides, wordings));
  const statuses = [...new Set(answers.map(({ status }) => status))].filter((status) => status >= 400);
  return Object.fromEntries(
    statuses.map((status) => {
      const bodies = answers.flatMap((answer) => (answer instanceof LiteralProblem && answer.status === status ? [answer.body] : []));
      return [status, withLiterals(status, surface, bodies)];
    }),
  );
};
