import { Problem } from '../pieces/states.js';
import { trustKey } from '../verification/trust.js';
import type { CheckedEvent } from '../verification/event-check.js';
import type { Verification } from './use-verification.js';
import type { Verified } from './verify-events.js';

const WORDS: Readonly<Record<CheckedEvent['is'], readonly [string, string]>> = {
  verified: ['good', 'verified'],
  withheld: ['good', 'verified but for a secret field'],
  later: ['care', 'not signed yet'],
  tampered: ['bad', 'tampered'],
};

/** What the check of one event came to. */
export const EventMark = ({ checked }: { readonly checked: CheckedEvent | undefined }) => {
  if (checked === undefined) return <span class="mark">not checked</span>;
  const [kind, word] = WORDS[checked.is];
  return (
    <>
      <span class={`mark ${kind}`}>{word}</span>
      {checked.is === 'tampered' ? <p class="failure">{checked.what}</p> : null}
    </>
  );
};

const OtherKey = ({ offered, again }: { readonly offered: string; readonly again: () => void }) => (
  <div class="problem" role="alert">
    <p>The newest checkpoint is signed by a key that this browser does not trust. The server names this one now:</p>
    <pre>{offered}</pre>
    <p>Compare it with the key that the owner of the log gave you by another way. Nothing is verified until then.</p>
    <button
      type="button"
      onClick={() => {
        trustKey(offered);
        again();
      }}
    >
      I compared it: trust this key
    </button>
  </div>
);

const countOf = ({ events }: Verified, is: CheckedEvent['is']): number => [...events.values()].filter((event) => event.is === is).length;

const Outcome = ({ verified, total, isRunning }: { readonly verified: Verified; readonly total: number; readonly isRunning: boolean }) => {
  const { checkpoint, events } = verified;
  if (checkpoint.is === 'broken') return <p class="failure" role="alert">{checkpoint.what}</p>;
  if (checkpoint.is === 'unsigned') return <p class="mark care">No checkpoint was signed yet: nothing can be verified.</p>;
  if (checkpoint.is !== 'holds') return null;
  const { size } = checkpoint.checkpoint;
  const [bad, later] = [countOf(verified, 'tampered'), countOf(verified, 'later')];
  if (bad > 0) return <p class="failure" role="alert">{bad} of these events {bad === 1 ? 'is' : 'are'} not what was signed.</p>;
  if (events.size < total) return <p role="status">{isRunning ? 'Verifying' : 'Stopped'}: {events.size} of {total} events</p>;
  if (later === total) return <p class="mark care">Checkpoint {size} holds, and came before these events: they are not signed yet.</p>;
  return (
    <p role="status">
      <span class="mark good">verified up to checkpoint {size}</span> {later === 0 ? null : `${later} events came after it.`}
    </p>
  );
};

/** What this browser found by itself about all events that are shown. */
export const Verdict = ({ of: { verified, error, isRunning, stop, again }, total }: { readonly of: Verification; readonly total: number }) => (
  <section aria-label="Verification">
    <h2>Verification</h2>
    {error === undefined ? null : <Problem error={error} retry={again} />}
    {verified === undefined ? null : <Outcome verified={verified} total={total} isRunning={isRunning} />}
    {verified?.offered === undefined ? null : <OtherKey offered={verified.offered} again={again} />}
    {verified?.isFirstKey === true ? <p class="quiet">This browser saw the key of the log for the first time, and trusts it from now on. Compare it with the one that you were given.</p> : null}
    <div class="tools">
      {isRunning ? (
        <button type="button" onClick={stop}>
          Stop
        </button>
      ) : (
        <button type="button" onClick={again}>
          Verify again
        </button>
      )}
    </div>
  </section>
);
