import { useQuery } from '../pieces/address.js';
import { Moment } from './moment.js';
import type { StreamEvent } from './stream.js';
import { Timeline } from './timeline.js';
import { useVerification } from './use-verification.js';
import { VerificationPanel } from './verification-panel.js';

/** The events of a payment or a coupon: checked, in order, and one of them (that of the address, else the last) looked into. */
export const History = ({ stream, events }: { readonly stream: string; readonly events: readonly StreamEvent[] }) => {
  const [query, change] = useQuery();
  const { verification, stop, again } = useVerification(stream, events);
  const asked = Number(query['revision'] ?? Number.NaN);
  const revision = events.some((event) => event.revision === asked) ? asked : (events.at(-1)?.revision ?? 0);
  const choose = (next: number): void => change({ revision: String(next) }, { replace: true });
  return (
    <>
      <VerificationPanel events={events} verification={verification} stop={stop} again={again} />
      <div class="history">
        <section aria-label="Timeline">
          <h2>Timeline</h2>
          <Timeline events={events} verdicts={verification.verdicts} revision={revision} choose={choose} />
        </section>
        <Moment events={events} revision={revision} choose={choose} />
      </div>
    </>
  );
};
