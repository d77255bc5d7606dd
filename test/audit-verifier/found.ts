import type { Report } from '../../src/audit-verifier/verify-export.js';
import type { Mutation } from './mutations.js';

/** Roots are signed each thousand events: nearer than that a signature can't say where something is wrong. */
const SIGNED_EACH = 1_000;

/** What is wrong with the report about a mutation; undefined: it is found, in the right place. */
export const missed = ({ what, truth, exact }: Mutation, { first, exitCode, unchecked }: Report): string | undefined => {
  // Whoever takes a signature away leaves nothing that is wrong: the file is not called clean.
  if (exitCode === 2) return what === 'a checkpoint is exchanged' || what === 'a byte is flipped' ? undefined : `${what} at ${truth}: not found, ${unchecked.join('; ')}`;
  if (exitCode === 0 || first === undefined) return `${what} at ${truth}: not found`;
  const { from, to, kind } = first;
  const told = `${what} at ${truth}: said ${from} to ${to} (${kind}), ${first.what}`;
  if (exact ? from !== truth || to !== truth : truth < from || truth > to) return told;
  return kind !== 'impossible' && kind !== 'cut' && to - from > SIGNED_EACH ? `${told}, which is too wide` : undefined;
};
