import { useParams } from 'wouter-preact';
import { useHeading } from '../frame/heading.js';
import { Causes } from '../history/causes.js';
import { History } from '../history/history.js';
import { DataTable } from '../pieces/data-table.js';
import { Empty, Shown } from '../pieces/states.js';
import { useAnswer } from '../pieces/use-answer.js';
import { askPayment, type Payment as AuditedPayment } from './ask.js';

interface Flow {
  readonly key: string;
  readonly what: string;
  readonly amount: string;
}

const flowsOf = ({ captured, refunds }: AuditedPayment): readonly Flow[] => [
  ...(captured === null ? [] : [{ key: 'captured', what: 'In: captured', amount: captured }]),
  ...refunds.map(({ refundId, amount, status }) => ({ key: refundId, what: `Out: refund ${refundId}, ${status}`, amount })),
];

const Money = ({ payment }: { readonly payment: AuditedPayment }) => {
  const flows = flowsOf(payment);
  if (flows.length === 0) return <Empty>No money came in.</Empty>;
  return (
    <DataTable
      caption={`Money in and out; refunded as a whole: ${payment.refunded} ${payment.currency ?? ''}`}
      rows={flows}
      keyOf={({ key }) => key}
      columns={[
        { title: 'What', cell: ({ what }) => what },
        { title: payment.currency ?? 'Amount', cell: ({ amount }) => amount, isNumber: true },
      ]}
    />
  );
};

/** One payment: money, verification, state through time, events, mails and invoices, causes. */
const Payment = () => {
  const { id = '' } = useParams<{ id: string }>();
  useHeading(`Payment ${id}`);
  const payment = useAnswer(`payment|${id}`, (signal) => askPayment(id, signal));
  return (
    <>
      <h1>
        Payment <span class="id">{id}</span>
      </h1>
      <Shown of={payment} what="the payment">
        {(value) =>
          value === undefined ? <Empty>The search knows no such payment (yet).</Empty> : (
            <>
              <p>
                {value.statuses.join(', ')}: {value.amount} {value.currency} by <span class="id">{value.payerId}</span>
              </p>
              <Money payment={value} />
            </>
          )
        }
      </Shown>
      <History stream={`payment-${id}`} />
      <Causes id={id} />
    </>
  );
};

export default Payment;
