import { Problem, type FieldError } from '../shared/problem.js';
import type { Rejection } from './index.js';

/** The whole body, without an envelope. */
export type LiteralBody = Readonly<Record<string, unknown>>;

/** Absent parts stay those of the core or the surface. */
export interface Words {
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** The field of the request that is wrong; null: none. */
  readonly field?: string | null;
}

/**
 * Replaces the core's answer: another sentence in the surface's envelope, another status with a sentence (and no field) or with a
 * whole body, or some of the parts.
 */
export type Wording = string | Words | readonly [status: number, answer: string | LiteralBody];

/** Refusals, and the problems of the HTTP layer that surfaces word in their own way. */
export type ProblemCode = Rejection | 'forbidden' | 'not-found' | 'unauthenticated' | 'validation-failed';

export type Wordings = Readonly<Partial<Record<ProblemCode, Wording>>>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route's own words, which come before those of its surface. */
    refusals?: Wordings;
  }
}

export class LiteralProblem extends Problem {
  constructor(
    status: number,
    code: string,
    detail: string,
    readonly body: LiteralBody,
  ) {
    super(status, code, detail);
  }
}

const isPair = (wording: Wording): wording is Extract<Wording, readonly unknown[]> => Array.isArray(wording);

const wordsOf = (wording: Wording): Words & { readonly body?: LiteralBody } => {
  if (typeof wording === 'string') return { message: wording };
  if (!isPair(wording)) return wording;
  const [status, answer] = wording;
  return typeof answer === 'string' ? { status, message: answer, field: null } : { status, body: answer };
};

/** The field's error repeats the sentence, so another sentence replaces both. */
const errorsWith = (problem: Problem, message: string, field: string | null | undefined): readonly FieldError[] | undefined => {
  if (field === null) return undefined;
  if (field !== undefined) return [{ field, message }];
  return problem.errors?.map((error) => (error.message === problem.message ? { ...error, message } : error));
};

const reworded = (problem: Problem, wording: Wording): Problem => {
  const { status = problem.status, code = problem.code, message = problem.message, field, body } = wordsOf(wording);
  const { details, headers } = problem;
  const answer =
    body === undefined ? new Problem(status, code, message, errorsWith(problem, message, field), details) : new LiteralProblem(status, code, message, body);
  Object.assign(answer.headers, headers);
  return answer;
};

/** Words the problem by each of these that has words for its code; later ones override earlier ones. */
export const inWordsOf = (problem: Problem, ...wordings: readonly (Wordings | undefined)[]): Problem =>
  wordings.reduce<Problem>((said, words: Readonly<Record<string, Wording | undefined>> = {}) => {
    const wording = words[problem.code];
    return wording === undefined ? said : reworded(said, wording);
  }, problem);
