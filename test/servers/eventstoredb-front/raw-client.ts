import { EventStoreDBClient, binaryEvent, jsonEvent } from '@eventstore/db-client';

/** Another program on the same server, without any of our conventions. */
export const rawClient = (connectionString: string) => {
  const client = EventStoreDBClient.connectionString(connectionString);
  Object.assign(client, { supports: () => Promise.resolve(false) });
  return {
    client,
    json: (stream: string, type: string) => client.appendToStream(stream, jsonEvent({ type, data: { foreign: true } })),
    binary: (stream: string, type: string) => client.appendToStream(stream, binaryEvent({ type, data: Buffer.from('0@other-1') })),
  };
};
