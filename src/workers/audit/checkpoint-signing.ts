import { signCheckpoints, type SigningServices } from '../../commands/audit/sign-checkpoints.js';
import type { EventStore } from '../../ports/event-store.js';
import type { ProjectionProgress } from '../../ports/projection-progress.js';
import { retrying } from '../../primitives/retrying.js';

export interface CheckpointSigningServices extends SigningServices {
  readonly store: Pick<EventStore, 'head'>;
  readonly progress: Pick<ProjectionProgress, 'waitFor'>;
  readonly onFailure: (worker: string, error: unknown, retryInMs: number) => void;
  /** The tree is not what was signed, or lacks some of it: nothing is signed meanwhile. Told once each time. */
  readonly onRefused: (rejection: string) => void;
}

export const CHECKPOINT_SIGNING = 'audit-checkpoints';

const LOOK_EVERY_MS = 1_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** How long to wait for the tree to show the last events. */
const LEVEL_MS = 1_000;

/** Signs checkpoints when they are due, and one of the last events when the signal aborts. */
export const runCheckpointSigning = async (services: CheckpointSigningServices, signal: AbortSignal): Promise<void> => {
  const { clock, store, progress, onFailure, onRefused } = services;
  const sign = signCheckpoints(services);
  let refused: string | undefined;
  /** A tree that is still being made lacks what was signed before, and nothing is wrong with it. */
  const isLevel = async (): Promise<boolean> => progress.waitFor(await store.head(), LEVEL_MS, ['audit-tree']);
  const look = async (asked: 'due' | 'stop'): Promise<void> => {
    let signed = await sign(asked, null);
    if (!signed.ok && signed.rejection === 'audit-tree-behind') {
      if (!(await isLevel())) return;
      signed = await sign(asked, null);
    }
    const rejection = signed.ok ? undefined : signed.rejection;
    if (rejection !== undefined && rejection !== refused) onRefused(rejection);
    refused = rejection;
  };
  const failed = (error: unknown, retryInMs: number): void => onFailure(CHECKPOINT_SIGNING, error, retryInMs);
  while (!signal.aborted) {
    await retrying({ clock, signal, firstMs: FIRST_RETRY_MS, longestMs: LONGEST_RETRY_MS, onFailure: failed }, () => look('due'));
    await clock.after(LOOK_EVERY_MS, signal);
  }
  try {
    await isLevel();
    await look('stop');
  } catch (error) {
    // The next start signs it.
    failed(error, 0);
  }
};
