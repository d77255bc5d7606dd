import { Map } from 'immutable';

/** An immutable map by string: `set` and `delete` answer a new map that shares all but a few nodes with the old one. */
export type PersistentMap<Value> = Map<string, Value>;

export const emptyMap = <Value>(): PersistentMap<Value> => Map<string, Value>();

export const isPersistentMap = (value: unknown): value is PersistentMap<unknown> => Map.isMap(value);
