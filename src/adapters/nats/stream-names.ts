import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  nanos,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type JetStreamManager,
  type KV,
  type NatsConnection,
  type StreamConfig,
} from 'nats';

export interface PlacesOptions {
  /** Absent: `registrar`. */
  readonly namespace: string;
  /** Copies in a cluster: 3 on three nodes or more. */
  readonly replicas: number;
  /** The oldest messages go first. The newest always stays: it says how far the log was published. */
  readonly maxMessages: number;
}

const DAY_MS = 86_400_000;
const NOT_FOUND = 404;
/** Ids seen within this time are not stored again: longer than a relay is away. */
const DUPLICATE_WINDOW_MS = 600_000;

const isNotFound = (error: unknown): boolean => error instanceof Error && 'code' in error && Number(error.code) === NOT_FOUND;

export class Places {
  readonly #options: PlacesOptions;
  readonly events: string;
  readonly replays: string;
  readonly advisories: string;

  constructor(options: PlacesOptions) {
    this.#options = options;
    const prefix = options.namespace.toUpperCase();
    this.events = `${prefix}_EVENTS`;
    this.replays = `${prefix}_REPLAYS`;
    this.advisories = `${prefix}_ADVISORIES`;
  }

  eventSubject(category: string, type: string): string {
    return `${this.#options.namespace}.events.${category}.${type}`;
  }

  replaySubject(consumer: string, type: string): string {
    return `${this.#options.namespace}.replays.${consumer}.${type}`;
  }

  async ensureStreams(connection: NatsConnection): Promise<void> {
    const manager = await connection.jetstreamManager();
    const { namespace, replicas, maxMessages } = this.#options;
    const common: Partial<StreamConfig> = {
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      num_replicas: replicas,
      duplicate_window: nanos(DUPLICATE_WINDOW_MS),
    };
    await ensureStream(manager, { ...common, name: this.events, subjects: [`${namespace}.events.>`], max_msgs: maxMessages });
    await ensureStream(manager, { ...common, name: this.replays, subjects: [`${namespace}.replays.>`], max_age: nanos(30 * DAY_MS) });
    const advised = [this.events, this.replays].map((stream) => `$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.${stream}.*`);
    await ensureStream(manager, { ...common, name: this.advisories, subjects: advised, max_age: nanos(30 * DAY_MS) });
  }

  deadLetters(connection: NatsConnection): Promise<KV> {
    const { replicas } = this.#options;
    return connection.jetstream().views.kv(this.#bucket, { history: 1, storage: StorageType.File, replicas });
  }

  async deadLetterIds(connection: NatsConnection): Promise<readonly string[]> {
    await this.deadLetters(connection);
    const prefix = `$KV.${this.#bucket}.`;
    const { state } = await (await connection.jetstreamManager()).streams.info(`KV_${this.#bucket}`, { subjects_filter: `${prefix}>` });
    return Object.keys(state.subjects ?? {}).map((subject) => subject.slice(prefix.length));
  }

  get #bucket(): string {
    return `${this.#options.namespace}-dead-letters`;
  }
}

const ensureStream = async (manager: JetStreamManager, config: Partial<StreamConfig> & { name: string }): Promise<void> => {
  try {
    await manager.streams.info(config.name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await manager.streams.add(config);
    return;
  }
  await manager.streams.update(config.name, config);
};

export const ensureConsumer = async (manager: JetStreamManager, stream: string, config: Partial<ConsumerConfig> & { durable_name: string }): Promise<void> => {
  // Adding an existing consumer updates it.
  await manager.consumers.add(stream, { ack_policy: AckPolicy.Explicit, deliver_policy: DeliverPolicy.All, ...config });
};
