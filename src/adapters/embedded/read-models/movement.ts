import { GenerationConflict, type GenerationCommit, type SharedCommit } from '../../../ports/read-model-store.js';
import type { Checkpoints } from './checkpoints.js';

/** What is committed together, and the checkpoints that move with it. */
export interface Movement {
  readonly commits: SharedCommit['commits'];
  /** Throws GenerationConflict unless the checkpoints stand where they are said to. */
  assertInPlace(): void;
  /** Within a transaction. */
  store(): void;
  /** Before it is handed over to the writing thread. */
  announce(): void;
}

export const ownMovement = (checkpoints: Checkpoints, commits: readonly GenerationCommit[]): Movement => ({
  commits,
  assertInPlace: () => {
    for (const { generation } of commits) {
      const stored = checkpoints.get(generation);
      if (stored !== generation.checkpoint) throw new GenerationConflict(`${generation.projection} stands at ${stored}, not at ${generation.checkpoint}`);
    }
  },
  store: () => {
    for (const { generation, checkpoint, fanOut } of commits) {
      checkpoints.set(generation, checkpoint);
      if (fanOut !== undefined) checkpoints.setFanOut(generation, fanOut);
    }
  },
  announce: () => {
    for (const { generation, checkpoint } of commits) checkpoints.announce(generation, checkpoint);
  },
});

export const sharedMovement = (checkpoints: Checkpoints, { from, to, commits }: SharedCommit): Movement => ({
  commits,
  assertInPlace: () => {
    const { shared } = checkpoints;
    if (shared !== from) throw new GenerationConflict(`the shared checkpoint stands at ${shared}, not at ${from}`);
  },
  store: () => checkpoints.setShared(to),
  announce: () => checkpoints.announceShared(to),
});
