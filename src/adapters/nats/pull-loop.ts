import type { Consumer, JsMsg, NatsConnection } from 'nats';
import type { Clock } from '../../ports/clock.js';
import { retrying } from '../../primitives/retrying.js';
import type { NatsLink } from './nats-link.js';

export interface PullLoop {
  readonly link: NatsLink;
  readonly clock: Clock;
  readonly stream: string;
  readonly durable: string;
  readonly concurrency: number;
  /** Creates the stream and the consumer; called again after each failure, because they may be gone. */
  readonly prepare: (connection: NatsConnection) => Promise<void>;
  readonly handle: (message: JsMsg) => Promise<void>;
  readonly onFailure: (error: unknown, retryInMs: number) => void;
}

/** How long one pull waits: at most so long until a pull that the server has forgotten is noticed. */
const PULL_MS = 5_000;
const RETRY_MS = 1_000;

/** Pulls at most `concurrency` messages: one that waited here could exceed its time to be acknowledged. */
export const runPullLoop = async (loop: PullLoop, signal: AbortSignal): Promise<void> => {
  const { link, clock, prepare, stream, durable, onFailure } = loop;
  const pullOnce = async (): Promise<void> => {
    const connection = await link.ready(signal);
    await prepare(connection);
    await pull(loop, await connection.jetstream().consumers.get(stream, durable), signal);
  };
  while (!signal.aborted) await retrying({ clock, signal, firstMs: RETRY_MS, onFailure }, pullOnce);
};

const pull = async ({ link, concurrency, handle, onFailure }: PullLoop, consumer: Consumer, signal: AbortSignal): Promise<void> => {
  const running = new Set<Promise<void>>();
  try {
    while (!signal.aborted) {
      if (running.size >= concurrency) {
        await Promise.race(running);
        continue;
      }
      const messages = await consumer.fetch({ max_messages: concurrency - running.size, expires: PULL_MS });
      const stop = (): void => messages.stop();
      const { lost } = link;
      for (const ending of [signal, lost]) ending.addEventListener('abort', stop);
      try {
        for await (const message of messages) {
          // A message that is not acknowledged is delivered again when its time is over.
          const task = handle(message)
            .catch((error: unknown) => onFailure(error, 0))
            .finally(() => running.delete(task));
          running.add(task);
        }
      } finally {
        for (const ending of [signal, lost]) ending.removeEventListener('abort', stop);
      }
    }
  } finally {
    await Promise.all(running);
  }
};
