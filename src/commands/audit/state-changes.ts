import { isStateMap } from '../../domain/kernel/packed-map.js';
import { partsOf, shownState } from './shown-state.js';

/** One difference between two states. `path` is a JSON pointer (RFC 6901); `before` is absent where it is new, `after` where it is gone. */
export interface StateChange {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface StateChanges {
  readonly changes: readonly StateChange[];
  /** There are more, or one is in a part too large to be compared. */
  readonly truncated: boolean;
}

const MOST_CHANGES = 100;
/** Values that are shown of each side of a change. */
const MOST_SHOWN = 50;
/** To compare larger maps for each event of a page would hold up all other requests. */
const LARGEST_COMPARED = 10_000;

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const isTooLarge = (value: unknown): boolean => (isStateMap(value) ? value.size : Array.isArray(value) ? value.length : 0) > LARGEST_COMPARED;

/** What differs between two states, part by part. Parts that both share cost nothing. */
export const stateChanges = (before: unknown, after: unknown): StateChanges => {
  const changes: StateChange[] = [];
  let truncated = false;
  const add = (change: StateChange): void => {
    changes.push(change);
  };
  const shown = (value: unknown): unknown => shownState(value, MOST_SHOWN).value;
  const compare = (path: string, one: unknown, other: unknown): void => {
    if (Object.is(one, other) || changes.length > MOST_CHANGES) return;
    if (isTooLarge(one) || isTooLarge(other)) {
      truncated = true;
      return;
    }
    const [ones, others] = [partsOf(one), partsOf(other)];
    if (ones === undefined || others === undefined || Array.isArray(one) !== Array.isArray(other)) {
      if (JSON.stringify(shown(one)) !== JSON.stringify(shown(other))) add({ path, before: shown(one), after: shown(other) });
      return;
    }
    const [was, is] = [new Map(ones), new Map(others)];
    for (const [name, value] of was) {
      if (is.has(name)) compare(`${path}/${escaped(name)}`, value, is.get(name));
      else add({ path: `${path}/${escaped(name)}`, before: shown(value) });
    }
    for (const [name, value] of is) if (!was.has(name)) add({ path: `${path}/${escaped(name)}`, after: shown(value) });
  };
  compare('', before, after);
  return { changes: changes.slice(0, MOST_CHANGES), truncated: truncated || changes.length > MOST_CHANGES };
};
