import { EventStoreDBClient } from '@eventstore/db-client';

/** The client knows its old scheme alone. */
export const inClientsScheme = (connectionString: string): string => connectionString.replace(/^kurrentdb(?=\+discover:|:)/, 'esdb');

/**
 * Makes a client from a connection string: hosts, discovery, TLS (`tls`, `tlsCAFile`, `userCertFile`, `userKeyFile`),
 * credentials, keep-alive. It connects with the first call. KurrentDB's scheme is understood, too.
 */
export const connectEventStore = (connectionString: string): EventStoreDBClient => {
  const client = EventStoreDBClient.connectionString(inClientsScheme(connectionString));
  // Batched appends have no deadline in the client, and one broken batch fails those of every other connection (a late answer to
  // one of them then throws outside of any call). Single appends have neither problem.
  client['supports'] = () => Promise.resolve(false);
  // The client does not await this promise, which rejects when no node of a cluster can be found.
  const reconnect = client['handleError'];
  client['handleError'] = (failed, error) => reconnect(failed, error).catch(() => undefined);
  return client;
};
