import { useEffect, useState } from 'preact/hooks';
import { messageOf } from '../api/problems.js';
import { browserPins } from '../verification/browser-pins.js';
import { serverProofs, serverSource } from '../verification/server-source.js';
import { trustedCheckpoint, type Trust } from '../verification/trusted-checkpoint.js';
import { verifyEvent, withoutFalseDelays, type Verdict } from '../verification/verify-event.js';
import { hashOf, type StreamEvent } from './stream.js';

export interface Verification {
  readonly is: 'running' | 'done' | 'stopped' | 'failed';
  readonly trust: Trust | null;
  /** By the id of the event. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Why it could not be done; no verdict about the log. */
  readonly failure: string;
}

const BEGIN: Verification = { is: 'running', trust: null, verdicts: new Map(), failure: '' };

type Tell = (change: (before: Verification) => Verification) => void;

const run = async (stream: string, events: readonly StreamEvent[], tell: Tell, signal: AbortSignal): Promise<void> => {
  if (globalThis.crypto?.subtle === undefined) throw new Error('This browser offers cryptography to pages of https alone.');
  const trust = await trustedCheckpoint(serverSource, browserPins(), signal);
  tell((before) => ({ ...before, trust }));
  if (trust.is !== 'trusted') return;
  const verdicts: Verdict[] = [];
  for (const [index, event] of events.entries()) {
    if (signal.aborted) return;
    const previous = events[index - 1];
    const before = event.revision === 0 ? null : previous === undefined ? undefined : hashOf(previous);
    const isNext = previous === undefined || event.revision === previous.revision + 1;
    const verdict: Verdict = isNext
      ? await verifyEvent(stream, { event, before }, trust.checkpoint, serverProofs, signal)
      : { is: 'broken', reason: `It is revision ${event.revision} and comes right after revision ${previous.revision}: events between them are missing.` };
    verdicts.push(verdict);
    const byEvent = new Map(withoutFalseDelays(verdicts).map((found, place) => [events[place]?.id ?? '', found]));
    tell((known) => ({ ...known, verdicts: byEvent }));
  }
};

/** Checks events in this browser, one after the other; it can be stopped and begun again. */
export const useVerification = (stream: string, events: readonly StreamEvent[]) => {
  const [verification, setVerification] = useState(BEGIN);
  const [round, setRound] = useState(0);
  const [ending, setEnding] = useState<AbortController | null>(null);
  const key = events.map((event) => `${event.id}${hashOf(event)}`).join();
  useEffect(() => {
    const ended = new AbortController();
    setEnding(ended);
    setVerification(BEGIN);
    const tell: Tell = (change) => {
      if (!ended.signal.aborted) setVerification(change);
    };
    run(stream, events, tell, ended.signal).then(
      () => tell((before) => ({ ...before, is: 'done' })),
      (error: unknown) => tell((before) => ({ ...before, is: 'failed', failure: messageOf(error) })),
    );
    return () => ended.abort();
    // Events are given anew with each drawing; the key says which they are.
  }, [stream, key, round]);
  const stop = (): void => {
    ending?.abort();
    setVerification((before) => ({ ...before, is: 'stopped' }));
  };
  return { verification, stop, again: () => setRound((before) => before + 1) };
};
