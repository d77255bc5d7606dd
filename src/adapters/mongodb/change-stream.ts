import type { Timestamp } from 'mongodb';
import type { MongoConnection } from './connection.js';
import { CHANGES, type Control } from './control.js';

/** The time of a majority read: the stream then gives every change since, also those before it was opened. */
const majorityTime = async ({ database }: MongoConnection): Promise<Timestamp> => {
  const hello = await database.command({ hello: 1 });
  return hello['lastWrite']?.majorityOpTime?.ts ?? hello['operationTime'];
};

/** Yields at once, and then after changes; many changes at once give one turn. */
export async function* changesOf(connection: MongoConnection, control: Control, signal: AbortSignal): AsyncGenerator<void> {
  const startAtOperationTime = await majorityTime(connection);
  const stream = control.changes.watch([{ $match: { 'documentKey._id': CHANGES } }, { $project: { _id: 1 } }], { startAtOperationTime });
  let wake = (): void => undefined;
  let pending = true;
  let ended = false;
  let failure: unknown;
  const end = (): void => {
    ended = true;
    wake();
  };
  stream.on('change', () => {
    pending = true;
    wake();
  });
  stream.on('error', (error) => {
    failure = error;
    end();
  });
  stream.on('close', end);
  signal.addEventListener('abort', end, { once: true });
  connection.client.once('topologyClosed', end);
  try {
    while (!ended && !signal.aborted) {
      if (pending) {
        pending = false;
        yield;
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (failure !== undefined) throw failure;
  } finally {
    signal.removeEventListener('abort', end);
    connection.client.off('topologyClosed', end);
    await stream.close();
  }
}
