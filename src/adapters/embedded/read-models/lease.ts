import { randomUUID } from 'node:crypto';
import type { ControlDatabase } from './control-database.js';
import { isAlive } from './disposable-folder.js';

interface Lease {
  readonly holder: string;
  readonly processId: number;
  readonly process: string;
  readonly until: number;
}

// A process id comes again (in a container it is always 1), this does not.
const thisProcess = randomUUID();

const isHeld = (lease: Lease, now: Date): boolean => {
  if (lease.until <= now.getTime()) return false;
  if (lease.process === thisProcess) return true;
  return lease.processId !== process.pid && isAlive(lease.processId);
};

/** Within a transaction. The lease of a process that has ended is free at once. */
export const takeLease = (control: ControlDatabase, holder: string, now: Date, durationMs: number): boolean => {
  const current = control.get<Lease>('lease');
  if (current !== undefined && current.holder !== holder && isHeld(current, now)) return false;
  const lease: Lease = { holder, processId: process.pid, process: thisProcess, until: now.getTime() + durationMs };
  control.put(lease, 'lease');
  return true;
};

export const dropLease = (control: ControlDatabase, holder: string): void => {
  if (control.get<Lease>('lease')?.holder === holder) control.remove('lease');
};
