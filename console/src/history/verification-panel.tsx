import type { Trust } from '../verification/trusted-checkpoint.js';
import type { Verdict } from '../verification/verify-event.js';
import { TrustedKeys } from './trusted-keys.js';
import type { StreamEvent } from './stream.js';
import type { Verification } from './use-verification.js';

interface Parts {
  readonly events: readonly StreamEvent[];
  readonly verification: Verification;
  readonly stop: () => void;
  readonly again: () => void;
}

interface Outcome {
  readonly mark: 'good' | 'bad' | 'care';
  readonly text: string;
}

const countOf = (verdicts: ReadonlyMap<string, Verdict>, is: Verdict['is']): number => [...verdicts.values()].filter((verdict) => verdict.is === is).length;

const ofTrusted = ({ checkpoint: { size } }: Extract<Trust, { is: 'trusted' }>, verdicts: ReadonlyMap<string, Verdict>): Outcome => {
  const [broken, later, withheld] = [countOf(verdicts, 'broken'), countOf(verdicts, 'later'), countOf(verdicts, 'withheld')];
  if (broken > 0) return { mark: 'bad', text: `Tampered: ${broken} ${broken === 1 ? 'event is' : 'events are'} not what the log held` };
  const rest = [later === 0 ? '' : `${later} newer than it`, withheld === 0 ? '' : `${withheld} with a secret that is not shown`].filter((part) => part !== '').join(', ');
  if (verdicts.size === later) return { mark: 'care', text: `Not covered yet: the newest checkpoint, ${size}, is older` };
  return { mark: rest === '' ? 'good' : 'care', text: `Verified up to checkpoint ${size}${rest === '' ? '' : ` (${rest})`}` };
};

/** What the checks say so far, in one line. */
export const outcomeOf = ({ is, trust, verdicts, failure }: Verification): Outcome => {
  if (is === 'failed') return { mark: 'care', text: `Could not check: ${failure}` };
  if (trust?.is === 'broken') return { mark: 'bad', text: trust.reason };
  if (countOf(verdicts, 'broken') > 0 && trust?.is === 'trusted') return ofTrusted(trust, verdicts);
  if (is === 'running') return { mark: 'care', text: 'Checking …' };
  if (is === 'stopped') return { mark: 'care', text: `Stopped after ${verdicts.size} events` };
  if (trust === null || trust.is === 'unsigned') return { mark: 'care', text: 'Nothing was signed yet' };
  return ofTrusted(trust, verdicts);
};

const Reasons = ({ events, verdicts }: { readonly events: readonly StreamEvent[]; readonly verdicts: ReadonlyMap<string, Verdict> }) => (
  <ul>
    {events.map(({ id, revision, type }) => {
      const verdict = verdicts.get(id);
      return verdict?.is === 'broken' ? (
        <li key={id}>
          Revision {revision}, {type}: {verdict.reason}
        </li>
      ) : null;
    })}
  </ul>
);

/** Whether what is shown is what the log held, as this browser computed it from the events, the proofs and the signature. */
export const VerificationPanel = ({ events, verification, stop, again }: Parts) => {
  const { is, trust, verdicts } = verification;
  const { mark, text } = outcomeOf(verification);
  return (
    <section aria-label="Verification" class="verification">
      <p role="status">
        <span class={`mark ${mark}`}>{text}</span>
      </p>
      {countOf(verdicts, 'broken') > 0 ? (
        <div class="problem" role="alert">
          <Reasons events={events} verdicts={verdicts} />
        </div>
      ) : null}
      {is === 'running' ? (
        <p>
          <progress aria-label="Events checked" value={verdicts.size} max={events.length} /> {verdicts.size} of {events.length}{' '}
          <button type="button" onClick={stop}>
            Stop
          </button>
        </p>
      ) : (
        <button type="button" onClick={again}>
          Check again
        </button>
      )}
      <details>
        <summary>How it was checked</summary>
        <p>
          This browser hashed each event again, followed the proof from it to the root of the newest checkpoint, and checked the signature of that with the key that it
          keeps. It was not told the result by the server.
        </p>
        {trust?.is === 'trusted' ? (
          <p>
            Checkpoint {trust.checkpoint.size} of <span class="id">{trust.checkpoint.origin}</span>, signed by <span class="id">{trust.key.vkey}</span>.{' '}
            {trust.isFirstVisit ? 'This browser saw the log for the first time and trusted the server’s key. ' : 'It goes on from the last checkpoint that this browser verified. '}
            {trust.isTold ? 'An auditor told it the key.' : 'Compare the key with one that you have from elsewhere.'}
          </p>
        ) : null}
        <TrustedKeys onChange={again} />
      </details>
    </section>
  );
};
