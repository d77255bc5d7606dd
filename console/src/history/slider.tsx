import { useQuery } from '../pieces/address.js';
import { Instant } from '../pieces/instant.js';
import { metadataText, type AuditedEvent } from './ask.js';

/** The stream as it was after one of its events, which the address names. */
export const Slider = ({ events }: { readonly events: readonly AuditedEvent[] }) => {
  const [{ revision }, change] = useQuery();
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return null;
  const wanted = revision === undefined ? Number.NaN : Number(revision);
  const shown = events.find((event) => event.revision === wanted) ?? last;
  return (
    <section aria-label="State">
      <h2>State through time</h2>
      <label>
        After event {shown.revision}, {shown.type}, <Instant at={metadataText(shown, 'occurredAt')} />
        <input
          type="range"
          min={first.revision}
          max={last.revision}
          value={shown.revision}
          aria-valuetext={`event ${shown.revision}, ${shown.type}`}
          onInput={({ currentTarget: { value } }) => change({ revision: value }, { replace: true })}
        />
      </label>
      {shown.stateTruncated === true ? <p class="quiet">The state is too large to be shown as a whole.</p> : null}
      <pre tabIndex={0} aria-label="State">
        {JSON.stringify(shown.state ?? null, null, 2)}
      </pre>
    </section>
  );
};
