import type { ComponentChildren } from 'preact';
import { isPassing, messageOf } from '../api/problems.js';
import type { Answered } from './use-answer.js';

export const Loading = ({ what }: { readonly what: string }) => (
  <p class="loading" role="status">
    Loading {what} …
  </p>
);

export const Empty = ({ children }: { readonly children: ComponentChildren }) => <p class="empty">{children}</p>;

/** What went wrong, and a way to try again. What passes by itself is tried again without being asked. */
export const Problem = ({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) => (
  <div class="problem" role="alert">
    <p>{messageOf(error)}</p>
    {isPassing(error) ? <p>It is asked again until it answers.</p> : null}
    {retry === undefined ? null : (
      <button type="button" onClick={retry}>
        Try again
      </button>
    )}
  </div>
);

interface Parts<Value> {
  readonly of: Answered<Value>;
  /** Completes "Loading …". */
  readonly what: string;
  readonly children: (value: Value) => ComponentChildren;
}

/** An answer, or why there is none yet. What was shown before stays while the server is away. */
export const Shown = <Value,>({ of: { value, error, isLoading, reload }, what, children }: Parts<Value>) => (
  <>
    {error === undefined ? null : <Problem error={error} retry={reload} />}
    {value === undefined ? error === undefined ? <Loading what={what} /> : null : (
      <div class="shown" aria-busy={isLoading}>
        {children(value)}
      </div>
    )}
  </>
);
