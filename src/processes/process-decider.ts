import { accept, type Decider, type Message } from '../domain/kernel/decider.js';
import type { DomainEvent } from '../domain/events.js';
import { PersistentMap } from '../domain/kernel/persistent-map.js';
import type { ProcessEvent } from '../domain/process/events.js';
import type { Process, Reaction } from './process.js';

export type ProcessInboxCommand =
  | Message<'TakeIn', { processId: string; eventId: string; event: DomainEvent; at: string }>
  | Message<'ElapseTimer', { processId: string; dueAt: string; at: string }>
  | Message<'NoteRefusal', { processId: string; causeId: string; aggregate: string; id: string; commandType: string; rejection: string; at: string }>;

export interface ProcessInstance {
  readonly state: unknown;
  readonly started: boolean;
  readonly dueAt: string | null;
  /** What was taken in: a second delivery changes nothing. */
  readonly inputs: PersistentMap<true>;
}

/** The process's own stream as an aggregate: inbox and outbox are one append, so neither is ever ahead of the other. */
export const processDecider = <State>(
  process: Process<State>,
): Decider<ProcessInstance, ProcessInboxCommand, ProcessEvent, never> => {
  // The stream holds only what this process's own react made.
  const stateOf = (instance: ProcessInstance, processId: string): State =>
    instance.started ? (instance.state as State) : process.initialState(processId);

  const advanced = (reaction: Reaction<State>, processId: string, inputId: string, inputType: string, at: string): ProcessEvent => ({
    type: 'ProcessAdvanced',
    data: {
      process: process.name,
      processId,
      inputId,
      inputType,
      state: reaction.state,
      commands: [...reaction.commands],
      dueAt: reaction.dueAt,
      ignored: reaction.ignored ?? null,
      advancedAt: at,
    },
  });

  return {
    initialState: () => ({ state: null, started: false, dueAt: null, inputs: PersistentMap.empty() }),
    decide: ({ type, data }, instance) => {
      switch (type) {
        case 'TakeIn': {
          if (instance.inputs.has(data.eventId)) return accept();
          const reaction = process.react(stateOf(instance, data.processId), data.event, data.at);
          return accept(advanced(reaction, data.processId, data.eventId, data.event.type, data.at));
        }
        case 'ElapseTimer': {
          if (instance.dueAt !== data.dueAt || data.at < data.dueAt) return accept();
          const input = { type: 'TimerElapsed', data: { dueAt: data.dueAt } } as const;
          const reaction = process.react(stateOf(instance, data.processId), input, data.at);
          return accept(advanced(reaction, data.processId, `timer:${data.dueAt}`, 'TimerElapsed', data.at));
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
            inputs: instance.inputs.with(event.data.inputId, true),
          }
        : instance,
  };
};
