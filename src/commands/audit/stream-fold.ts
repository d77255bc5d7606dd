import { aggregates, type Aggregates } from '../../domain/aggregates.js';
import type { Aggregate } from '../../domain/kernel/aggregate.js';
import { PROCESS_NAMES } from '../../domain/process/events.js';
import type { AnyEvent } from '../../ports/event-store.js';
import { withoutSecrets } from './without-secrets.js';

/** A stream as it was after some of its events, without secrets: they are taken out of the events, so no state can have them. */
export interface StreamFold {
  readonly state: unknown;
  readonly after: (event: AnyEvent) => StreamFold;
}

type Target = keyof Aggregates;
type CommandsOf<Defined> = Defined extends { readonly decider: { readonly decide: (command: infer Command, ...rest: never) => unknown } } ? Command : never;
type Targets = {
  readonly [Each in Target]: Aggregate<
    ReturnType<Aggregates[Each]['decider']['initialState']>,
    CommandsOf<Aggregates[Each]>,
    Parameters<Aggregates[Each]['decider']['evolve']>[1],
    Extract<ReturnType<Aggregates[Each]['decider']['decide']>, { ok: false }>['rejection']
  >;
};

const targets: Targets = aggregates;
const targetOf = new Map<string, Target>(
  Object.entries(aggregates).flatMap(([name, { category }]) => (isTarget(name) ? [[category, name] as const] : [])),
);

function isTarget(name: string): name is Target {
  return Object.hasOwn(aggregates, name);
}

const folding = <State, Command, Event extends AnyEvent, Rejection extends string>(
  aggregate: Pick<Aggregate<State, Command, Event, Rejection>, 'decider' | 'eventTypes'>,
  state: State,
): StreamFold => {
  const isOwn = (event: AnyEvent): event is Event => aggregate.eventTypes.has(event.type);
  const fold: StreamFold = {
    state,
    after: (event) => {
      const shown = { ...event, data: withoutSecrets(event) };
      return isOwn(shown) ? folding(aggregate, aggregate.decider.evolve(state, shown)) : fold;
    },
  };
  return fold;
};

const ofAggregate = <Each extends Target>(name: Each): StreamFold => {
  const aggregate: Targets[Each] = targets[name];
  return folding(aggregate, aggregate.decider.initialState());
};

/** The steps of a process carry the state that they lead to. */
const ofProcess = (state: unknown): StreamFold => {
  const fold: StreamFold = {
    state,
    after: ({ type, data }) => (type === 'ProcessAdvanced' && 'state' in data ? ofProcess(data.state) : fold),
  };
  return fold;
};

/** Before the first event of the stream. Undefined: it belongs to no aggregate and no process. */
export const emptyFold = (stream: string): StreamFold | undefined => {
  const category = stream.slice(0, stream.indexOf('-'));
  if (PROCESS_NAMES.some((name) => name === category)) return ofProcess(null);
  const target = targetOf.get(category);
  return target === undefined ? undefined : ofAggregate(target);
};
