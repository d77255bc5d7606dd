import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { printed, requestOf, socketFolder, socketPath, type ControlRequest } from './messages.js';

export type OperatorProgram = (request: Pick<ControlRequest, 'args' | 'operator'>, print: (line: string) => void) => Promise<number>;

export interface ControlServer {
  readonly close: () => Promise<void>;
}

/**
 * Runs operators' programs in this process, which owns the data folder, over a socket that its own user alone can reach. Rejects
 * where there can't be one.
 */
export const openControlServer = async (dataDirectory: string, programs: Readonly<Record<string, OperatorProgram>>): Promise<ControlServer> => {
  const path = socketPath(dataDirectory);
  if (path === null) throw new Error(`the path of ${dataDirectory} is too long for a socket`);
  const folder = socketFolder(dataDirectory);
  // A server that was killed left it; this one owns the data folder now.
  rmSync(folder, { recursive: true, force: true });
  // The folder keeps others out: a socket gets its mode only after it exists.
  mkdirSync(folder, { mode: 0o700 });
  const silent = new Set<Socket>();
  const running = new Set<Promise<void>>();
  const server = createServer((socket) => {
    silent.add(socket);
    const task = carryOut(socket, programs, () => silent.delete(socket)).finally(() => running.delete(task));
    running.add(task);
  });
  server.listen(path);
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    server.close();
    for (const socket of silent) socket.destroy();
    await Promise.all(running);
    rmSync(folder, { recursive: true, force: true });
  };
  return { close };
};

const carryOut = async (socket: Socket, programs: Readonly<Record<string, OperatorProgram>>, asked: () => void): Promise<void> => {
  // The client may go away: the command is finished.
  socket.on('error', () => undefined);
  try {
    const [first] = await Promise.race([once(createInterface(socket), 'line'), once(socket, 'close')]);
    asked();
    if (typeof first !== 'string') return;
    const { program, ...request } = requestOf(first);
    const run = Object.hasOwn(programs, program) ? programs[program] : undefined;
    if (run === undefined) throw new Error(`the server has no program ${program}`);
    const exitCode = await run(request, (line) => void socket.write(printed({ line })));
    socket.end(printed({ exitCode }));
  } catch (error) {
    socket.end(printed({ failure: error instanceof Error ? error.message : String(error) }));
  }
};
