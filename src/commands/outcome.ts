import type { Refusal } from '../domain/kernel/decider.js';
import type { Position } from '../ports/event-store.js';

/** What the commands of a use case did. */
export interface Effect {
  /** What a reader has to wait for to see it. */
  readonly position: Position;
  /**
   * Events were recorded. A repeat of a command, by its id, says what the first one said; only one that recorded nothing
   * is decided anew, and says what it records then.
   */
  readonly changed: boolean;
}

/** What a use case answers. */
export type Outcome<Value, Rejection extends string> = Readonly<{ ok: true; value: Value } & Effect> | Refusal<Rejection>;

/** A command, or a use case, that was carried out or refused. */
export type Handled<Rejection extends string> = Readonly<{ ok: true } & Effect> | Refusal<Rejection>;

export const noEffect: Effect = { position: 0n, changed: false };

/** What several commands did together: as far as the last of them, and changed if any did. */
export const combined = (...effects: readonly Effect[]): Effect =>
  effects.reduce(
    (all, { position, changed }) => ({ position: position > all.position ? position : all.position, changed: changed || all.changed }),
    noEffect,
  );

/** What a command did that the use case does not depend on: nothing when it was refused. */
export const effectOf = (handled: Handled<string>): Effect => (handled.ok ? handled : noEffect);

/** The outcome of a use case that succeeded with these effects. */
export const succeeded = <Value>(value: Value, ...effects: readonly Effect[]): Readonly<{ ok: true; value: Value } & Effect> => {
  const { position, changed } = combined(...effects);
  return { ok: true, value, position, changed };
};

/** The outcome of a use case of one command: the value, or why the command was refused. */
export const done = <Value, Rejection extends string>(handled: Handled<Rejection>, value: Value): Outcome<Value, Rejection> =>
  handled.ok ? { ok: true, value, position: handled.position, changed: handled.changed } : handled;
