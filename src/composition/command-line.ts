import { loadConfig, processVariables, type Config } from '../config.js';

export interface CommandLine {
  readonly args: readonly string[];
  readonly config: Config;
  readonly print: (line: string) => void;
  /** Aborts with the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Runs a program of the command line; what goes wrong is one line, not a stack. */
export const runCommandLine = async (run: (commandLine: CommandLine) => Promise<number>): Promise<void> => {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  try {
    const config = loadConfig(processVariables());
    process.exitCode = await run({ args: process.argv.slice(2), config, print, signal: interrupted.signal });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
};
