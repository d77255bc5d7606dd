import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { answerOf, printed, socketPath, type ControlRequest } from './messages.js';

const NOBODY = new Set<unknown>(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK', 'ENOTDIR']);

const connected = async (path: string): Promise<Socket | undefined> => {
  const socket = createConnection(path);
  try {
    await once(socket, 'connect');
    return socket;
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOBODY.has(error.code)) return undefined;
    throw error;
  }
};

const NEVER = new AbortController().signal;

/**
 * Sends a command line to the server on that folder; answers its exit code, or undefined when no server runs there. An aborted
 * signal rejects and ends the wait, not the command.
 */
export const askServer = async (
  dataDirectory: string,
  request: ControlRequest,
  print: (line: string) => void,
  signal: AbortSignal = NEVER,
): Promise<number | undefined> => {
  const path = socketPath(dataDirectory);
  const socket = path === null ? undefined : await connected(path);
  if (socket === undefined) return undefined;
  socket.write(printed(request));
  const leave = (): void => void socket.destroy();
  signal.addEventListener('abort', leave);
  try {
    for await (const line of createInterface(socket)) {
      const answer = answerOf(line);
      if ('line' in answer) print(answer.line);
      else if ('exitCode' in answer) return answer.exitCode;
      else throw new Error(answer.failure);
    }
  } finally {
    signal.removeEventListener('abort', leave);
    socket.destroy();
  }
  if (signal.aborted) throw new Error('interrupted; the server finishes what it has begun');
  throw new Error('the server ended before it was done: look at what it has done, then ask again');
};
