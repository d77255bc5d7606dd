import { openStore } from '../../adapters/embedded/open-log.js';
import type { ServerCosts } from '../eventstoredb-front/costs.js';
import { Front } from '../eventstoredb-front/front.js';
import { StreamsOfFront } from '../eventstoredb-front/streams-of-front.js';
import type { Misbehaviour } from './misbehaviour.js';

// The event store as a process of its own: it can be killed, and started again on what it had written.
const [folder = '', port = '0', costs] = process.argv.slice(2);
const front = await Front.start(new StreamsOfFront(await openStore(folder)), {
  port: Number(port),
  ...(costs === undefined ? {} : { costs: JSON.parse(costs) as ServerCosts }),
});

const lostReplies = ['written-unavailable', 'written-deadline', 'written-dropped'] as const;

let longestDelayMs = 0;
const delay = (): void => {
  const { network } = front.context;
  if (longestDelayMs > 0) network.hold();
  setTimeout(() => {
    network.release();
    if (longestDelayMs > 0) setTimeout(delay, Math.random() * longestDelayMs);
  }, Math.random() * longestDelayMs);
};

process.on('message', ({ deliveries, subscriptionLife, lostReply, refusal, ...others }: Misbehaviour) => {
  const { faults } = front;
  if (longestDelayMs === 0 && others.longestDelayMs > 0) setImmediate(delay);
  longestDelayMs = others.longestDelayMs;
  faults.deliveries = deliveries;
  faults.subscriptionLife = () => (subscriptionLife === null ? Infinity : Math.ceil(Math.random() * subscriptionLife));
  faults.anyAppend = () => {
    if (Math.random() < lostReply) return lostReplies[Math.floor(Math.random() * lostReplies.length)];
    return Math.random() < refusal ? 'unavailable' : undefined;
  };
  front.dropSubscriptions();
});
// The process that started it is gone.
process.on('disconnect', () => process.exit(0));
process.stdout.write(`${front.connectionString}\n`);
