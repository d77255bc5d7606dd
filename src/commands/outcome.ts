import type { Refusal } from '../domain/kernel/decider.js';
import type { Position } from '../ports/event-store.js';

export interface Effect {
  /** A read model that has passed this position shows the change. */
  readonly position: Position;
  /**
   * Events were recorded. A repeat (by command id) says the same as the first; only a command that recorded nothing is decided
   * again and says what it records then.
   */
  readonly changed: boolean;
}

export type Outcome<Value, Rejection extends string> = Readonly<{ ok: true; value: Value } & Effect> | Refusal<Rejection>;

export type Handled<Rejection extends string> = Readonly<{ ok: true } & Effect> | Refusal<Rejection>;

export const noEffect: Effect = { position: 0n, changed: false };

/** The effect of several commands: the last position, and changed if any of them changed something. */
export const combined = (...effects: readonly Effect[]): Effect =>
  effects.reduce(
    (all, { position, changed }) => ({ position: position > all.position ? position : all.position, changed: changed || all.changed }),
    noEffect,
  );

/** The effect of a command that the use case does not depend on: none when it was refused. */
export const effectOf = (handled: Handled<string>): Effect => (handled.ok ? handled : noEffect);

export const succeeded = <Value>(value: Value, ...effects: readonly Effect[]): Readonly<{ ok: true; value: Value } & Effect> => {
  const { position, changed } = combined(...effects);
  return { ok: true, value, position, changed };
};

export const done = <Value, Rejection extends string>(handled: Handled<Rejection>, value: Value): Outcome<Value, Rejection> =>
  handled.ok ? { ok: true, value, position: handled.position, changed: handled.changed } : handled;
