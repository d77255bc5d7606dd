import type { CommandServices } from '../commands/services.js';
import type { Config } from '../config.js';
import type { DomainEvent } from '../domain/events.js';
import type { LogSource } from '../log-copy/export-log.js';
import type { AuditTree, CheckpointSigner } from '../ports/audit.js';
import type { Clock } from '../ports/clock.js';
import type { EventBus } from '../ports/event-bus.js';
import type { EventStore } from '../ports/event-store.js';
import type { FileStore } from '../ports/file-store.js';
import type { PaymentGateway } from '../ports/payment-gateway.js';
import type { ReadModelStore } from '../ports/read-model-store.js';
import type { ReadModels } from '../ports/read-models.js';
import type { ProjectionDefinition } from '../projections/kernel/projection.js';

/** The bucket that files are in. */
export interface UsedBucket {
  readonly place: { readonly endpoint: string | null; readonly bucket: string; readonly prefix: string };
  readonly files: FileStore;
}

/** The things that a command works on, opened after its arguments made sense and closed when it has ended. */
export interface Needs {
  /** DATA_DIR itself; a server may be running on it. */
  readonly 'data folder': { readonly dataDirectory: string; readonly bucket: UsedBucket | null; readonly clock: Clock };
  /** The files of DATA_DIR and of the bucket; a server may be running on them. */
  readonly files: {
    readonly folder: FileStore;
    /** Null where files are in the folder. */
    readonly bucket: FileStore | null;
    readonly openLog: () => Promise<LogSource>;
    readonly clock: Clock;
  };
  /** The log as it was written, for reading; a server may be running on it. */
  readonly log: { readonly source: LogSource };
  /** The log as it was written, for filling; no server may be running on it. */
  readonly 'log to fill': { readonly target: EventStore<DomainEvent> };
  readonly bus: { readonly bus: EventBus<DomainEvent> };
  readonly 'read models': {
    readonly readModels: ReadModelStore;
    /** Null when a running server owns the log: the server then does the work, and the command asks and watches. */
    readonly store: EventStore<DomainEvent> | null;
    /** The same log, or a view of it beside the server that owns it. */
    readonly log: Pick<EventStore<DomainEvent>, 'head' | 'scale'>;
    readonly projections: readonly ProjectionDefinition[];
    readonly clock: Clock;
  };
  /** The log, to be verified; a server may be running on it. */
  readonly 'audited log': {
    /** As it was written. */
    readonly raw: LogSource;
    /** As it is read, up to what stands in it at the call. */
    readonly openLog: () => Promise<Pick<EventStore<DomainEvent>, 'readAll' | 'readStream' | 'head' | 'scale'>>;
    readonly openReadModels: () => Promise<ReadModelStore>;
    readonly projections: readonly ProjectionDefinition[];
    /** The name of the log. */
    readonly origin: string;
  };
  readonly audit: {
    readonly commands: Pick<CommandServices, 'handler' | 'clock'>;
    /** Null: AUDIT is off. */
    readonly signer: CheckpointSigner | null;
    readonly tree: AuditTree;
    /** Resolves when the tree has what is in the log now. */
    readonly level: () => Promise<unknown>;
  };
  readonly payments: { readonly commands: Pick<CommandServices, 'handler' | 'clock'>; readonly readModels: ReadModels; readonly gateway: PaymentGateway | null };
  /** A folder that a server may be running on, and whatever else its configuration names: the drill opens copies alone. */
  readonly drill: { readonly config: Config };
  readonly server: { readonly commands: Pick<CommandServices, 'handler' | 'clock' | 'keys'>; readonly readModels: ReadModels };
}
export type Need = keyof Needs;

export interface Terminal {
  readonly print: (line: string) => void;
  /** Aborts when the person at the terminal interrupts the command. */
  readonly signal: AbortSignal;
  readonly operator: string;
}

/** Answers the exit code. */
export type Action<N extends Need> = (needed: Needs[N], terminal: Terminal) => Promise<number>;

export interface Command<N extends Need> {
  readonly summary: string;
  readonly usage: string;
  readonly needs: N;
  /** The action of these arguments; undefined when they make no sense. May throw WrongArgument and errors of `parseArgs`. */
  readonly parse: (args: readonly string[]) => Action<N> | undefined;
}

export const DONE = 0;
export const FAILED = 1;
export const WRONG_USAGE = 2;
/** The exit code with which a shell reports a program that SIGINT ended. */
export const INTERRUPTED = 130;

/** Thrown by `parse`: an argument that makes no sense, and why. */
export class WrongArgument extends Error {}

const isWrongArgument = (error: unknown): error is Error =>
  error instanceof WrongArgument || (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_PARSE_ARGS'));

export const usageOf = ({ usage }: Pick<Command<Need>, 'usage'>): string => `usage: registrar ${usage}`;

/** The action of these arguments; prints the usage where they make no sense. */
export const actionOf = <N extends Need>(command: Command<N>, args: readonly string[], print: (line: string) => void): Action<N> | undefined => {
  try {
    const action = command.parse(args);
    if (action === undefined) print(usageOf(command));
    return action;
  } catch (error) {
    if (!isWrongArgument(error)) throw error;
    print(error.message);
    print(usageOf(command));
    return undefined;
  }
};

export const runOn = async <N extends Need>(command: Command<N>, args: readonly string[], needed: Needs[N], terminal: Terminal): Promise<number> => {
  const action = actionOf(command, args, terminal.print);
  return action === undefined ? WRONG_USAGE : action(needed, terminal);
};
