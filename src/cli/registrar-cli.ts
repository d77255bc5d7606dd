#!/usr/bin/env -S node --enable-source-maps
import { dropExpectedWarnings } from '../composition/expected-warnings.js';
import { loadConfig, processVariables } from '../config.js';
import { INTERRUPTED, FAILED } from './command.js';
import { registrar } from './registrar.js';

const interrupted = new AbortController();
// A second signal ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

dropExpectedWarnings();

// Whoever reads the output may have seen enough (`| head`).
process.stdout.on('error', () => interrupted.abort());

try {
  process.exitCode = await registrar(process.argv.slice(2), {
    config: () => loadConfig(processVariables()),
    print: (line) => void process.stdout.write(`${line}\n`),
    signal: interrupted.signal,
  });
} catch (error) {
  // An error is printed as one line, without a stack.
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof Error && error.name === 'AbortError' ? 'interrupted' : reason}\n`);
  process.exitCode = interrupted.signal.aborted ? INTERRUPTED : FAILED;
}
