import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { messageOf } from '../api/problems.js';

export interface Doing {
  /** Does it, tells what came of it, and has the view ask again. */
  readonly act: (what: string, task: () => Promise<unknown>) => void;
  readonly isBusy: boolean;
  /** For screen readers and for eyes: what was done, or why it was not. */
  readonly told: ComponentChildren;
}

/** One action at a time of a section. */
export const useDoing = (reload: () => void): Doing => {
  const [isBusy, setBusy] = useState(false);
  const [done, setDone] = useState('');
  const [failure, setFailure] = useState('');
  const act = (what: string, task: () => Promise<unknown>): void => {
    setBusy(true);
    setDone('');
    setFailure('');
    task()
      .then(() => setDone(what), (error: unknown) => setFailure(messageOf(error)))
      .finally(() => {
        setBusy(false);
        reload();
      });
  };
  const told = (
    <>
      <p role="status" class="quiet">{done}</p>
      <p role="alert" class="failure">{failure}</p>
    </>
  );
  return { act, isBusy, told };
};
