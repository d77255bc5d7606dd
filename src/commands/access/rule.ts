import type { Actor } from '../actor.js';

/** A named answer to "may this account do that to this thing?". The name and the sentence stand in docs/authorization.md. */
export interface Rule<Name extends string, Facts extends readonly unknown[]> {
  (actor: Actor | null, ...facts: Facts): boolean;
  readonly ruleName: Name;
  readonly sentence: string;
}

/** Defines a rule. `facts` is what both a stream and a read model know of the thing, so that both decide alike. */
export const defineRule = <const Name extends string, Facts extends readonly unknown[]>(
  ruleName: Name,
  sentence: string,
  holds: (actor: Actor, ...facts: Facts) => boolean,
): Rule<Name, Facts> =>
  Object.assign((actor: Actor | null, ...facts: Facts) => actor !== null && holds(actor, ...facts), { ruleName, sentence });
