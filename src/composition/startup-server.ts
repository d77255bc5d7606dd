import { createServer } from 'node:http';
import type { Config } from '../config.js';

export interface StartupServer {
  readonly waitingFor: (part: string, reason: string) => void;
  readonly close: () => Promise<void>;
}

/** Answers 503 until the servers that this process needs are there, and names the one that is missing. */
export const openStartupServer = (config: Config): StartupServer => {
  let missing: readonly [part: string, reason: string] = ['nothing', ''];
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
  const isOpen = (): boolean => server.listening;
  return {
    waitingFor: (part, reason) => {
      missing = [part, reason];
      if (!isOpen() && config.roles.has('http')) server.listen({ host: config.host, port: config.port }).on('error', () => server.close());
    },
    close: () => new Promise((resolve) => (isOpen() ? (server.closeAllConnections(), server.close(() => resolve())) : resolve())),
  };
};
