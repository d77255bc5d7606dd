import { useEffect, useRef, useState } from 'preact/hooks';
import type { AuditedEvent } from './ask.js';
import { verifyEvents, type Verified } from './verify-events.js';

export interface Verification {
  readonly verified: Verified | undefined;
  readonly error: unknown;
  readonly isRunning: boolean;
  readonly stop: () => void;
  readonly again: () => void;
}

/** Verifies what is shown, again when it changes. */
export const useVerification = (stream: string, events: readonly AuditedEvent[]): Verification => {
  const [verified, setVerified] = useState<Verified>();
  const [error, setError] = useState<unknown>();
  const [isRunning, setIsRunning] = useState(false);
  const [round, setRound] = useState(0);
  const running = useRef<AbortController>(null);
  useEffect(() => {
    const ended = new AbortController();
    running.current = ended;
    setVerified(undefined);
    setError(undefined);
    if (events.length === 0) return () => ended.abort();
    setIsRunning(true);
    const tell = (next: Verified): void => (ended.signal.aborted ? undefined : setVerified(next));
    verifyEvents(stream, events, tell, ended.signal)
      .catch((failure: unknown) => (ended.signal.aborted ? undefined : setError(failure)))
      .finally(() => (running.current === ended ? setIsRunning(false) : undefined));
    return () => ended.abort();
  }, [stream, events, round]);
  return { verified, error, isRunning, stop: () => running.current?.abort(), again: () => setRound((before) => before + 1) };
};
