import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** `kill -9`; resolves when the process has ended. */
export const killed = async (child: ChildProcess | undefined): Promise<void> => {
  if (child === undefined) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
};
