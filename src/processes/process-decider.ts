import type { DomainEvent } from '../domain/events.js';
import { aggregate, type Aggregate } from '../domain/kernel/aggregate.js';
import { accept, type Decider, type Decision, type Message } from '../domain/kernel/decider.js';
import { emptyMap, type PersistentMap } from '../domain/kernel/persistent-map.js';
import { processEvents, type ProcessEvent } from '../domain/process/events.js';
import type { Process, TimerElapsed } from './process.js';

export type ProcessInboxCommand =
  | Message<'TakeIn', { processId: string; eventId: string; event: DomainEvent; at: string }>
  | Message<'ElapseTimer', { processId: string; dueAt: string; at: string }>
  | Message<'NoteRefusal', { processId: string; causeId: string; aggregate: string; id: string; commandType: string; rejection: string; at: string }>;

export interface ProcessInstance {
  readonly state: unknown;
  readonly started: boolean;
  readonly dueAt: string | null;
  /** Recorded inputs: a second delivery changes nothing. */
  readonly inputs: PersistentMap<true>;
}

interface Input {
  readonly id: string;
  readonly event: DomainEvent | TimerElapsed;
}

/**
 * The process's own stream as an aggregate: inbox and outbox are one append, so neither is ever ahead of the other. An input that
 * changes nothing and asks for nothing is not recorded.
 */
export const processDecider = <State>(
  process: Process<State>,
): Decider<ProcessInstance, ProcessInboxCommand, ProcessEvent, never> => {
  // The stream holds only states that this process's own `react` returned.
  const stateOf = (instance: ProcessInstance, processId: string): State =>
    instance.started ? (instance.state as State) : process.initialState(processId);

  const advance = (instance: ProcessInstance, input: Input, { processId, at }: { processId: string; at: string }): Decision<ProcessEvent, never> => {
    const state = stateOf(instance, processId);
    const reaction = process.react(state, input.event, at);
    const { commands, dueAt, ignored = null } = reaction;
    if (reaction.state === state && commands.length === 0 && dueAt === instance.dueAt) return accept();
    const inputType = input.event.type;
    const advanced = { process: process.name, processId, inputId: input.id, inputType, state: reaction.state, commands: [...commands], dueAt, ignored };
    return accept({ type: 'ProcessAdvanced', data: { ...advanced, advancedAt: at } });
  };

  return {
    initialState: () => ({ state: null, started: false, dueAt: null, inputs: emptyMap() }),
    isAtRest: ({ started, dueAt }) => started && dueAt === null,
    begins: ({ type }) => type === 'TakeIn',
    decide: ({ type, data }, instance) => {
      switch (type) {
        case 'TakeIn':
          if (instance.inputs.has(data.eventId)) return accept();
          return advance(instance, { id: data.eventId, event: data.event }, data);
        case 'ElapseTimer': {
          if (instance.dueAt !== data.dueAt || data.at < data.dueAt) return accept();
          const event = { type: 'TimerElapsed', data: { dueAt: data.dueAt } } as const;
          return advance(instance, { id: `timer:${data.dueAt}`, event }, data);
        }
        case 'NoteRefusal': {
          const { at, ...refusal } = data;
          return accept({ type: 'ProcessCommandRefused', data: { process: process.name, ...refusal, refusedAt: at } });
        }
      }
    },
    evolve: (instance, event) =>
      event.type === 'ProcessAdvanced'
        ? {
            state: event.data.state,
            started: true,
            dueAt: event.data.dueAt,
            inputs: instance.inputs.set(event.data.inputId, true),
          }
        : instance,
  };
};

/** A process with the aggregate of its streams. The type of its state is hidden. */
export interface DefinedProcess extends Pick<Process<unknown>, 'name' | 'categories' | 'correlate'> {
  readonly aggregate: Aggregate<ProcessInstance, ProcessInboxCommand, ProcessEvent, never>;
}

export const defineProcess = <State>(process: Process<State>): DefinedProcess => {
  const { name, categories, correlate } = process;
  return { name, categories, correlate, aggregate: aggregate(name, processDecider(process), processEvents) };
};
