import type { RejectionDetails } from '../../domain/decider.js';
import { Problem } from './problem.js';

export interface RejectionAnswer {
  readonly status: number;
  /** A sentence for the person who reads it. */
  readonly title: string;
}

const answers: Readonly<Record<string, RejectionAnswer>> = {};

export const refusalProblem = (rejection: string, details?: RejectionDetails): Problem => {
  const answer = answers[rejection] ?? { status: 409, title: rejection };
  return new Problem(answer.status, rejection, answer.title, undefined, details);
};
