import { randomUUID } from 'node:crypto';
import type { ControlDatabase } from './control-database.js';
import { isAlive } from './disposable-folder.js';

interface Lease {
  readonly holder: string;
  readonly processId: number;
  readonly process: string;
  readonly until: number;
  readonly fence: string;
}

// Unlike a process id (in a container always 1) this never comes again.
const thisProcess = randomUUID();

const isHeld = (lease: Lease, now: Date): boolean => {
  if (lease.until <= now.getTime()) return false;
  if (lease.process === thisProcess) return true;
  return lease.processId !== process.pid && isAlive(lease.processId);
};

/** Call within a transaction. The lease of a process that has ended is free at once. */
export const takeLease = (control: ControlDatabase, holder: string, now: Date, durationMs: number): bigint | undefined => {
  const current = control.get<Lease>('lease');
  const isOurs = current?.holder === holder;
  if (current !== undefined && !isOurs && isHeld(current, now)) return undefined;
  const fence = isOurs ? BigInt(current.fence) : currentFence(control) + 1n;
  const lease: Lease = { holder, processId: process.pid, process: thisProcess, until: now.getTime() + durationMs, fence: fence.toString() };
  control.put(lease, 'lease');
  control.put(lease.fence, 'fence');
  return fence;
};

export const dropLease = (control: ControlDatabase, holder: string): void => {
  if (control.get<Lease>('lease')?.holder === holder) control.remove('lease');
};

export const currentFence = (control: ControlDatabase): bigint => BigInt(control.get<string>('fence') ?? '0');
