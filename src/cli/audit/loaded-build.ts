import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { aggregates } from '../../domain/aggregates.js';
import { EventCodec } from '../../domain/event-codec.js';

/** An aggregate of any build. */
export interface AnyAggregate {
  readonly category: string;
  readonly eventTypes: ReadonlySet<string>;
  readonly decider: AnyDecider;
}

interface AnyDecider {
  initialState(): unknown;
  evolve(state: unknown, event: unknown): unknown;
}

interface AnyCodec {
  decode(type: string, version: number, data: object): unknown;
}

/** The rules of one build of this program. */
export interface LoadedBuild {
  readonly name: string;
  readonly codec: AnyCodec;
  readonly aggregates: readonly AnyAggregate[];
}

export const thisBuild: LoadedBuild = { name: 'this build', codec: new EventCodec(), aggregates: Object.values(aggregates) };

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isDecider = (value: unknown): value is AnyDecider =>
  isObject(value) && 'initialState' in value && typeof value.initialState === 'function' && 'evolve' in value && typeof value.evolve === 'function';

const isAggregate = (value: unknown): value is AnyAggregate =>
  isObject(value) && 'category' in value && typeof value.category === 'string' && 'eventTypes' in value && value.eventTypes instanceof Set && 'decider' in value && isDecider(value.decider);

const isCodec = (value: unknown): value is AnyCodec => isObject(value) && 'decode' in value && typeof value.decode === 'function';

const load = async (folder: string, file: string): Promise<object> => {
  const path = ['dist', 'build/src', '.'].map((part) => join(resolve(folder), part, 'domain', file)).find((place) => existsSync(place));
  if (path === undefined) throw new Error(`${folder} has no build of this program: there is no dist/domain/${file}`);
  const loaded: unknown = await import(pathToFileURL(path).href);
  return isObject(loaded) ? loaded : {};
};

/** Loads the deciders of another build, and nothing else of it. Throws where the folder has none. */
export const loadBuild = async (folder: string): Promise<LoadedBuild> => {
  const [table, codecs] = [await load(folder, 'aggregates.js'), await load(folder, 'event-codec.js')];
  const found: readonly unknown[] = 'aggregates' in table && isObject(table.aggregates) ? Object.values(table.aggregates) : [];
  const codec: unknown = 'EventCodec' in codecs && typeof codecs.EventCodec === 'function' ? Reflect.construct(codecs.EventCodec, []) : undefined;
  if (!isCodec(codec) || found.length === 0) throw new Error(`${folder} has another kind of build: its deciders can't be used`);
  return { name: folder, codec, aggregates: found.filter(isAggregate) };
};
