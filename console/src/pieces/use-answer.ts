import { useCallback, useEffect, useState } from 'preact/hooks';
import { isPassing } from '../api/problems.js';

export interface Answered<Value> {
  /** The newest; while another is on its way that of before, if it was about the same. */
  readonly value: Value | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

interface Held<Value> {
  readonly key: string;
  readonly value?: Value;
  readonly error?: unknown;
  readonly isLoading: boolean;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/** Half of the time and up to as much again at random: pages that lost the same server do not come back at once. */
const waitBefore = (attempt: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.5 + Math.random());

/**
 * Asks for what `key` names, again when the key or `version` changes (then what was shown stays until the answer comes), and by
 * itself after a server that was away. `ask` may stop at the signal.
 */
export const useAnswer = <Value>(key: string, ask: (signal: AbortSignal) => Promise<Value>, version = 0): Answered<Value> => {
  const [held, setHeld] = useState<Held<Value>>({ key, isLoading: true });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = async (count: number): Promise<void> => {
      try {
        const value = await ask(ended.signal);
        if (!ended.signal.aborted) setHeld({ key, value, isLoading: false });
      } catch (error) {
        if (ended.signal.aborted) return;
        const again = isPassing(error);
        setHeld((before) => ({ ...(before.key === key && again && before.value !== undefined ? { value: before.value } : {}), key, error, isLoading: false }));
        if (again) timer = setTimeout(() => void attempt(count + 1), waitBefore(count));
      }
    };
    setHeld((before) => (before.key === key && before.value !== undefined ? { key, value: before.value, isLoading: true } : { key, isLoading: true }));
    void attempt(0);
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
    // `ask` is made anew with each drawing; the key says what it asks for.
  }, [key, round, version]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  if (held.key !== key) return { value: undefined, error: undefined, isLoading: true, reload };
  return { value: held.value, error: held.error, isLoading: held.isLoading, reload };
};
