import { userInfo } from 'node:os';
import { askServer } from '../adapters/control-socket/control-client.js';
import type { OperatorProgram } from '../adapters/control-socket/control-server.js';
import { DataFolderInUse } from '../adapters/embedded/data-folder.js';
import type { CommandLine } from './command-line.js';
import { keptOnServers } from './local-environment.js';

export interface OpenedProgram {
  readonly run: OperatorProgram;
  readonly close: () => Promise<void>;
}

const operatorOf = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A container's user need not have a name.
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
};

/** Has the server that owns DATA_DIR do it; does it here where there is none, or where servers keep everything. */
export const runOperatorCommand = async (
  program: string,
  { args, config, print }: Pick<CommandLine, 'args' | 'config' | 'print'>,
  open: () => Promise<OpenedProgram>,
): Promise<number> => {
  const request = { args: [...args], operator: operatorOf() };
  if (!keptOnServers(config)) {
    const exitCode = await askServer(config.dataDirectory, { program, ...request }, print);
    if (exitCode !== undefined) return exitCode;
  }
  try {
    const opened = await open();
    try {
      return await opened.run(request, print);
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    print(`${error.message} It does not answer commands: it is starting or stopping, or its log says why it can't; ask again in a moment.`);
    return 1;
  }
};
