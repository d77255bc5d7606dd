import type { Actor } from '../actor.js';

/** A named answer to "may this account do that to this thing?". docs/authorization.md prints the name and the sentence. */
export interface Rule<Name extends string, Facts extends readonly unknown[]> {
  (actor: Actor | null, ...facts: Facts): boolean;
  readonly ruleName: Name;
  readonly sentence: string;
}

/** `facts`: known to both a stream and a read model, so that both decide alike. */
export const defineRule = <const Name extends string, Facts extends readonly unknown[]>(
  ruleName: Name,
  sentence: string,
  holds: (actor: Actor, ...facts: Facts) => boolean,
): Rule<Name, Facts> =>
  Object.assign((actor: Actor | null, ...facts: Facts) => actor !== null && holds(actor, ...facts), { ruleName, sentence });
