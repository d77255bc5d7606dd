import { setMaxListeners } from 'node:events';
import { connect, Events, type ConnectionOptions, type NatsConnection } from 'nats';
import type { Clock } from '../../ports/clock.js';
import { retrying } from '../../primitives/retrying.js';

export type LinkState = 'unreachable' | 'connected' | 'disconnected' | 'reconnected';

export interface NatsLinkOptions {
  /** `nats://` or `tls://`, with user and password or a token in front of the host; several are separated by commas. */
  readonly url: string;
  readonly clock: Clock;
  readonly onState: (state: LinkState, detail: string) => void;
}

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;
const ANSWER_TIMEOUT_MS = 5_000;
const PING_INTERVAL_MS = 5_000;

export class NatsUnavailable extends Error {
  override readonly name = 'NatsUnavailable';
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const connectionOptions = (url: string): ConnectionOptions => {
  const urls = url.split(',').map((part) => new URL(part.trim()));
  const [first] = urls;
  const [user, password] = [first?.username ?? '', first?.password ?? ''].map(decodeURIComponent);
  const credentials: Pick<ConnectionOptions, 'token' | 'user' | 'pass'> =
    user === undefined || user === '' ? {} : password === undefined || password === '' ? { token: user } : { user, pass: password };
  return {
    servers: urls.map(({ host }) => host),
    ...credentials,
    ...(first?.protocol === 'tls:' ? { tls: {} } : {}),
    name: 'registrar',
    timeout: ANSWER_TIMEOUT_MS,
    pingInterval: PING_INTERVAL_MS,
    maxReconnectAttempts: -1,
    reconnectTimeWait: FIRST_RETRY_MS,
    reconnectDelayHandler: () => FIRST_RETRY_MS + Math.random() * FIRST_RETRY_MS,
    // An error is made for each request otherwise, in case it is needed: a fifth of the time of a publication.
    noAsyncTraces: true,
  };
};

/** Each loop that pulls listens. */
const listenedByMany = (): AbortController => {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
};

export class NatsLink {
  readonly #options: NatsLinkOptions;
  readonly #closing = new AbortController();
  readonly #connection: Promise<NatsConnection>;
  /** Resolves to a live connection: the client would drop requests that are made while the connection is away. */
  #present: Promise<NatsConnection>;
  #returned: (connection: NatsConnection) => void = () => undefined;
  #state: LinkState | 'connecting' = 'connecting';
  #lost = listenedByMany();
  #detail = 'not connected yet';

  constructor(options: NatsLinkOptions) {
    this.#options = options;
    this.#connection = this.#connect();
    this.#connection.catch(() => undefined);
    this.#present = this.#connection;
  }

  /** Aborts when the present connection is lost: its requests get no answer, the server's memory of it may be gone. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Resolves to the connection. Rejects with NatsUnavailable when there is none for a while, or the signal aborts. */
  async ready(signal?: AbortSignal): Promise<NatsConnection> {
    // The usual case, without a timer.
    if (this.#state === 'connected' || this.#state === 'reconnected') return this.#present;
    const { clock } = this.#options;
    const found = new AbortController();
    const given = signal === undefined ? found.signal : AbortSignal.any([found.signal, signal]);
    const none = async (): Promise<never> => {
      await clock.after(ANSWER_TIMEOUT_MS, given);
      throw new NatsUnavailable(`NATS can't be reached: ${this.#detail}`);
    };
    try {
      return await Promise.race([this.#present, none()]);
    } finally {
      found.abort();
    }
  }

  assertConnected(): void {
    if (this.#state === 'unreachable' || this.#state === 'disconnected') throw new NatsUnavailable(`NATS can't be reached: ${this.#detail}`);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const connection = await this.#connection.catch(() => undefined);
    if (connection === undefined || connection.isClosed()) return;
    // Nothing can be drained without a connection.
    if (this.#state === 'disconnected') await connection.close();
    else await connection.drain().catch(() => connection.close());
  }

  async #connect(): Promise<NatsConnection> {
    const { url, clock } = this.#options;
    const { signal } = this.#closing;
    const onFailure = (error: unknown): void => this.#change('unreachable', reasonOf(error));
    const retries = { clock, signal, firstMs: FIRST_RETRY_MS, longestMs: LONGEST_RETRY_MS, onFailure };
    const connection = await retrying(retries, () => connect(connectionOptions(url)));
    if (connection === undefined) throw new NatsUnavailable('the connection is closed');
    this.#change('connected', connection.getServer());
    void this.#watch(connection);
    return connection;
  }

  async #watch(connection: NatsConnection): Promise<void> {
    for await (const { type, data } of connection.status()) {
      if (type === Events.Disconnect) {
        this.#lost.abort();
        this.#lost = listenedByMany();
        this.#present = new Promise((resolve) => (this.#returned = resolve));
        this.#change('disconnected', `lost ${String(data)}`);
      } else if (type === Events.Reconnect) {
        this.#returned(connection);
        this.#change('reconnected', String(data));
      }
    }
  }

  #change(state: LinkState, detail: string): void {
    this.#state = state;
    this.#detail = detail;
    if (!this.#closing.signal.aborted) this.#options.onState(state, detail);
  }
}
