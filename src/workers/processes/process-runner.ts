import type { CommandHandler } from '../../commands/write-path/command-handler.js';
import type { CommandContext } from '../../commands/context.js';
import type { DomainEvent, EventOfType } from '../../domain/events.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import { byKey } from '../../primitives/by-key.js';
import { URL_NAMESPACE, uuidV5 } from '../../primitives/uuid-v5.js';
import type { DefinedProcess } from '../../processes/process-decider.js';
import type { ProcessTimer } from '../../projections/process-timers/document.js';
import type { ProcessCommand } from '../../processes/process.js';
import type { CommandDispatch } from './command-dispatch.js';
import { followLog, type FollowLogServices } from '../loops/follow-log.js';

export interface ProcessRunnerServices extends FollowLogServices {
  readonly handler: CommandHandler;
  readonly dispatch: CommandDispatch;
  /** Called with a refused command of a process, which is also recorded in its stream. */
  readonly onRefused: (process: string, processId: string, command: string, rejection: string) => void;
}

type ElapsedTimer = Pick<ProcessTimer, 'processId' | 'dueAt' | 'setBy'>;
type Recorded = RecordedEvent<DomainEvent>;
type Advanced = RecordedEvent<EventOfType<'ProcessAdvanced'>>;

const isAdvanced = (event: Recorded): event is Advanced & Recorded => event.type === 'ProcessAdvanced';

export const inboxOf = (process: string): string => `process:${process}:inbox`;
export const outboxOf = (process: string): string => `process:${process}:outbox`;

/**
 * Runs one process manager with two followers of the log. The inbox takes events in: one append of the process stream holds the
 * input, the new state and the commands. The outbox carries out the commands of that append. Both may be killed anywhere:
 * repeated inputs and command ids are recognised.
 */
export class ProcessRunner {
  readonly #services: ProcessRunnerServices;
  readonly #process: DefinedProcess;

  constructor(services: ProcessRunnerServices, process: DefinedProcess) {
    this.#services = services;
    this.#process = process;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { name, categories } = this.#process;
    await Promise.all([
      followLog(this.#services, { name: inboxOf(name), categories, handle: (events) => this.takeIn(events) }, signal),
      followLog(this.#services, { name: outboxOf(name), categories: [name], handle: (events) => this.carryOut(events) }, signal),
    ]);
  }

  async takeIn(events: readonly Recorded[]): Promise<void> {
    const inputs = events.flatMap((event) => {
      const processId = this.#process.correlate(event);
      return processId === null ? [] : [{ event, processId }];
    });
    await this.#lookAhead(inputs.at(-1)?.event);
    // In the order of the log: what belongs to one instance is decided in turn, and goes into one append.
    await Promise.all(inputs.map(async ({ event, processId }) => {
      const { id, type, data, metadata } = event;
      const commandId = uuidV5(`take-in:${this.#process.name}`, id);
      if (this.#isDone(commandId)) return;
      const command = { type: 'TakeIn', data: { processId, eventId: id, event: { type, data } as DomainEvent, at: this.#now() } } as const;
      await this.#services.handler.handle(this.#process.aggregate, processId, command, {
        commandId,
        actorId: null,
        correlationId: metadata.correlationId,
        causationId: id,
      });
    }));
  }

  /** Elapses the timer of an instance; nothing happens when the timer was changed meanwhile. */
  async elapse({ processId, dueAt, setBy }: ElapsedTimer): Promise<void> {
    const commandId = uuidV5(`${this.#process.name}:${processId}:${dueAt}`, URL_NAMESPACE);
    const command = { type: 'ElapseTimer', data: { processId, dueAt, at: this.#now() } } as const;
    await this.#services.handler.handle(this.#process.aggregate, processId, command, {
      commandId,
      actorId: null,
      correlationId: setBy?.correlationId ?? commandId,
      causationId: setBy?.eventId ?? commandId,
    });
  }

  async carryOut(events: readonly Recorded[]): Promise<void> {
    const advances = events.filter(isAdvanced);
    await this.#lookAhead(advances.at(-1));
    await byKey(
      advances,
      ({ stream }) => stream,
      async (event) => {
        // `react` returned the list, and the codec checked it.
        const commands = event.data.commands as readonly ProcessCommand[];
        await Promise.all(commands.map((command, index) => this.#send(event, command, index)));
      },
    );
  }

  async #send(cause: Advanced, command: ProcessCommand, index: number): Promise<void> {
    const context: CommandContext = {
      commandId: uuidV5(String(index), cause.id),
      actorId: null,
      correlationId: cause.metadata.correlationId,
      causationId: cause.id,
    };
    const refusalId = uuidV5('refusal', context.commandId);
    if (this.#isDone(context.commandId) || this.#isDone(refusalId)) return;
    const handled = await this.#services.dispatch(command, context);
    if (handled.ok) return;
    const { processId } = cause.data;
    const { aggregate, id, command: asked } = command;
    this.#services.onRefused(this.#process.name, processId, asked.type, handled.rejection);
    const refusal = { processId, causeId: cause.id, aggregate, id, commandType: asked.type, rejection: handled.rejection, at: this.#now() };
    const note = { ...context, commandId: refusalId };
    await this.#services.handler.handle(this.#process.aggregate, processId, { type: 'NoteRefusal', data: refusal }, note);
  }

  async #lookAhead(last: Recorded | undefined): Promise<void> {
    if (last !== undefined) await this.#services.past?.upTo(last.position);
  }

  #isDone(commandId: string): boolean {
    return this.#services.past?.has(commandId) === true;
  }

  #now(): string {
    return this.#services.clock.now().toISOString();
  }
}
