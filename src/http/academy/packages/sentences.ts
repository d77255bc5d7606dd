import { Problem } from '../../shared/problem.js';
import type { Review } from '../../shared/run.js';

/** Words the refusal of a level, in which both levels stand. */
export const levelSentence = <Value>(outcome: Parameters<Review<Value>>[0]): Parameters<Review<Value>>[0] => {
  if (outcome.ok || outcome.rejection !== 'package-level-differs') return outcome;
  const { level = '', type = '' } = outcome.details ?? {};
  throw new Problem(400, outcome.rejection, `Course level ${String(level)} tidak sesuai dengan package tipe ${String(type)}`);
};
