import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Config } from '../config.js';

export interface StartupServer {
  readonly waitingFor: (part: string, reason: string) => void;
  /** Aborts, with the error as its reason, when nothing can be answered on the port: then waiting for servers is in vain. */
  readonly refused: AbortSignal;
  readonly close: () => Promise<void>;
}

/** Answers 503 until the servers that this process needs are there, and names the one that is missing. */
export const openStartupServer = (config: Config): StartupServer => {
  let missing: readonly [part: string, reason: string] = ['nothing', ''];
  const refused = new AbortController();
  const server = createServer((request, response) => {
    const isHealth = request.url?.split('?')[0] === '/health';
    const detail = `Registrar is starting and waits for ${missing[0]}.`;
    response.writeHead(503, { 'content-type': isHealth ? 'application/json' : 'application/problem+json', 'retry-after': '5' });
    response.end(
      JSON.stringify(
        isHealth
          ? { status: 'unavailable', parts: { [missing[0]]: { status: 'down', detail: missing[1] } }, projections: [], workers: [], deadLetters: {} }
          : { type: 'about:blank', title: 'Service Unavailable', status: 503, code: 'starting', detail },
      ),
    );
  });
  let listening: Promise<unknown> | undefined;
  const listen = (): Promise<unknown> => {
    server.listen({ host: config.host, port: config.port });
    return once(server, 'listening').catch((error: unknown) => refused.abort(error));
  };
  return {
    waitingFor: (part, reason) => {
      missing = [part, reason];
      if (config.roles.has('http')) listening ??= listen();
    },
    refused: refused.signal,
    close: async () => {
      // What has only begun to listen can't be closed yet, and would take the port later.
      await listening;
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
