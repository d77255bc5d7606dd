import { addedToCart } from '../../contracts/event-store-samples.js';
import { openStore } from './open-log.js';

const [, , folder = '', run = ''] = process.argv;
const WRITERS = 8;
const EVENTS_PER_APPEND = 3;

/** Appends until it is killed or refused; each acknowledged append is one line on stdout: stream and last revision. */
const store = await openStore(folder);

const write = async (writer: number): Promise<void> => {
  const stream = `crash-${run}.${writer}`;
  for (let n = 0; ; n += 1) {
    const revision = n * EVENTS_PER_APPEND - 1;
    const events = Array.from({ length: EVENTS_PER_APPEND }, (_, index) => addedToCart(`${revision + 1 + index}`));
    const result = await store.append(stream, revision === -1 ? 'no_stream' : revision, events);
    if (!result.ok) throw new Error('refused');
    process.stdout.write(`${stream} ${result.revision}\n`);
  }
};

const failures = await Promise.allSettled(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
for (const failure of failures) if (failure.status === 'rejected') process.stdout.write(`failed ${String(failure.reason)}\n`);
await store.close();
