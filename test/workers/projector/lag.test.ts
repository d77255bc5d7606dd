import t from 'tap';
import { countedInBytes, packed } from '../../../src/adapters/eventstoredb/log-position.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { countedInEvents, type LogScale, type Position, type RecordedEvent } from '../../../src/ports/event-store.js';
import { lagOf } from '../../../src/workers/projector/lag.js';
import { FakeClock } from '../../doubles/fake-clock.js';

const NOW = '2026-03-01T12:00:00.000Z';

const eventAt = (position: Position, secondsAgo: number): RecordedEvent<DomainEvent> => ({
  type: 'CartCleared',
  data: { userId: 'u', courseIds: [], clearedAt: NOW },
  id: `event-${position}`,
  stream: 'cart-u',
  revision: 0,
  position,
  metadata: {
    actorId: null,
    correlationId: 'c',
    causationId: 'c',
    occurredAt: new Date(Date.parse(NOW) - secondsAgo * 1_000).toISOString(),
    schemaVersion: 1,
    commandId: 'c',
  },
});

const lag = async (scale: LogScale, events: readonly RecordedEvent<DomainEvent>[], ...checkpoints: readonly Position[]) => {
  let reads = 0;
  const store = {
    scale,
    head: async () => events.at(-1)?.position ?? 0n,
    readAll: async function* ({ after = 0n, limit = Infinity }: { after?: Position; limit?: number } = {}) {
      reads += 1;
      yield* events.filter(({ position }) => position > after).slice(0, limit);
    },
  };
  const standings = checkpoints.map((checkpoint) => ({ projection: 'p', checkpoint, failure: null }));
  return { lags: await lagOf({ store, clock: new FakeClock(NOW) }, standings), reads };
};

t.test('embedded: events, and the age of the oldest that is missing', async (t) => {
  const events = [eventAt(1n, 60), eventAt(2n, 30), eventAt(3n, 7)];
  const { lags, reads } = await lag(countedInEvents, events, 3n, 1n, 1n, 0n);
  t.match(lags, [
    { behind: 0n, unit: 'events', secondsBehind: 0 },
    { behind: 2n, secondsBehind: 30 },
    { behind: 2n, secondsBehind: 30 },
    { behind: 3n, secondsBehind: 60 },
  ]);
  t.equal(reads, 2, 'each place in the log is looked at once');
});

t.test('EventStoreDB: bytes of the log, however positions are packed', async (t) => {
  const at = (commit: bigint, prepare = commit): Position => packed({ commit, prepare });
  const events = [eventAt(at(1_000n), 60), eventAt(at(251_000n), 2)];
  const { lags } = await lag(countedInBytes, events, at(251_000n), at(1_000n), at(251_000n, 0n), at(300_000n, 0n));
  t.match(lags, [
    { behind: 0n, unit: 'bytes', secondsBehind: 0 },
    { behind: 250_000n, secondsBehind: 2 },
    { behind: 1n, secondsBehind: 2 },
    { behind: 0n, secondsBehind: 0 },
  ]);
});

t.test('a clock that is behind the writer’s tells no time before now', async (t) => {
  const { lags } = await lag(countedInEvents, [eventAt(1n, -5)], 0n);
  t.match(lags, [{ behind: 1n, secondsBehind: 0 }]);
});
