import type { Consumer, JsMsg, NatsConnection } from 'nats';
import type { Clock } from '../../ports/clock.js';
import type { NatsLink } from './nats-link.js';

export interface PullLoop {
  readonly link: NatsLink;
  readonly clock: Clock;
  readonly stream: string;
  readonly durable: string;
  readonly concurrency: number;
  /** Makes what it pulls from; asked again after each failure, for it may be gone. */
  readonly prepare: (connection: NatsConnection) => Promise<void>;
  readonly handle: (message: JsMsg) => Promise<void>;
  readonly onFailure: (error: unknown, retryInMs: number) => void;
}

/** A pull waits so long: the bound for noticing that the server has forgotten it. */
const PULL_MS = 5_000;
const RETRY_MS = 1_000;

/** Pulls no more than is being handled, so that nothing waits here while its time to be answered runs. */
export const runPullLoop = async (loop: PullLoop, signal: AbortSignal): Promise<void> => {
  const { link, clock, prepare, stream, durable, onFailure } = loop;
  while (!signal.aborted) {
    try {
      const connection = await link.ready(signal);
      await prepare(connection);
      await pull(loop, await connection.jetstream().consumers.get(stream, durable), signal);
    } catch (error) {
      if (signal.aborted) return;
      onFailure(error, RETRY_MS);
      await clock.until(new Date(clock.now().getTime() + RETRY_MS), signal);
    }
  }
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
          // Not answered: it comes again when its time is over.
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
