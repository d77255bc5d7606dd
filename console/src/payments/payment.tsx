import { Link, useParams } from 'wouter-preact';
import { useHeading } from '../frame/heading.js';
import { Causes, MailsAndInvoices } from '../history/causes.js';
import { History } from '../history/history.js';
import { askStream, askTrace } from '../history/stream.js';
import { StreamLink } from '../history/stream-link.js';
import { Shown } from '../pieces/states.js';
import { useAnswer } from '../pieces/use-answer.js';
import { MoneyInAndOut } from './money.js';
import { Summary } from './summary.js';

/** One payment: what it is, whether its history stands, and all that came of it. */
const Payment = () => {
  const { id = '' } = useParams();
  const stream = `payment-${id}`;
  useHeading(`Payment ${id}`);
  const page = useAnswer(stream, (signal) => askStream(stream, 0, signal));
  const trace = useAnswer(`trace|${id}`, (signal) => askTrace(id, signal));
  return (
    <>
      <p>
        <Link href="/payments">Payments</Link>
      </p>
      <h1>
        Payment <span class="id">{id}</span>
      </h1>
      <Summary id={id} />
      <Shown of={page} what="the payment">
        {({ events, nextRevision }) => (
          <>
            <History stream={stream} events={events} />
            {nextRevision === null ? null : (
              <p>
                There are more events: <StreamLink stream={stream} revision={nextRevision} />
              </p>
            )}
            <MoneyInAndOut events={events} />
          </>
        )}
      </Shown>
      <MailsAndInvoices trace={trace} />
      <Causes trace={trace} />
      <div class="tools">
        <button
          type="button"
          onClick={() => {
            page.reload();
            trace.reload();
          }}
        >
          Ask again
        </button>
      </div>
    </>
  );
};

export default Payment;
