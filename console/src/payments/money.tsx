import { DataTable } from '../pieces/data-table.js';
import { Instant } from '../pieces/instant.js';
import { Empty } from '../pieces/states.js';
import { TakeAlong } from '../pieces/take-along.js';
import { occurredAt, titleOf, type StreamEvent } from '../history/stream.js';

interface Movement {
  readonly event: StreamEvent;
  readonly direction: 'in' | 'out';
  readonly amount: string;
}

const DIRECTIONS: Readonly<Record<string, Movement['direction']>> = {
  PaymentCaptured: 'in',
  PaymentCapturedLate: 'in',
  PaymentRefunded: 'out',
  PaymentRefundReversed: 'in',
};

const fieldOf = ({ data }: StreamEvent, name: string): string => {
  const value = Object.entries(data).find(([field]) => field === name)?.[1];
  return typeof value === 'string' ? value : '';
};

/** What a refund moved stands in the event that asked for it, where it does not stand in its own. */
const amountOf = (event: StreamEvent, events: readonly StreamEvent[]): string => {
  const refundId = fieldOf(event, 'refundId');
  const asked = events.find((one) => one.type === 'PaymentRefundRequested' && fieldOf(one, 'refundId') === refundId);
  const of = fieldOf(event, 'amount') === '' && asked !== undefined ? asked : event;
  return `${fieldOf(of, 'amount')} ${fieldOf(of, 'currency')}`.trim();
};

const movementsOf = (events: readonly StreamEvent[]): readonly Movement[] =>
  events.flatMap((event) => {
    const direction = DIRECTIONS[event.type];
    return direction === undefined ? [] : [{ event, direction, amount: amountOf(event, events) }];
  });

/** Money that came in and went out, as the events say it. */
export const MoneyInAndOut = ({ events }: { readonly events: readonly StreamEvent[] }) => {
  const movements = movementsOf(events);
  return (
    <section aria-label="Money in and out">
      <h2>Money in and out</h2>
      {movements.length === 0 ? (
        <Empty>No money has moved.</Empty>
      ) : (
        <>
          <DataTable
            caption="In the order of the events"
            rows={movements}
            keyOf={({ event }) => event.id}
            columns={[
              { title: 'What happened', cell: ({ event }) => titleOf(event.type) },
              { title: 'When', cell: ({ event }) => <Instant at={occurredAt(event)} /> },
              { title: 'In', cell: ({ direction, amount }) => (direction === 'in' ? amount : ''), isNumber: true },
              { title: 'Out', cell: ({ direction, amount }) => (direction === 'out' ? amount : ''), isNumber: true },
            ]}
          />
          <TakeAlong name="money" rows={() => [['event', 'when', 'direction', 'amount'], ...movements.map(({ event, direction, amount }) => [event.type, occurredAt(event), direction, amount])]} />
        </>
      )}
    </section>
  );
};
