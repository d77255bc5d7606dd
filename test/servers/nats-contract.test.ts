import { randomUUID } from 'node:crypto';
import { connect } from 'nats';
import t from 'tap';
import { systemClock } from '../../src/adapters/embedded/system-clock.js';
import { NatsEventBus } from '../../src/adapters/nats/nats-event-bus.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { eventBusContract } from '../contracts/event-bus.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { NatsServer } from './nats-server.js';

const shared = process.env['NATS_URL'];
const server = shared === undefined ? await NatsServer.start() : undefined;
const url = shared ?? server?.url ?? '';
const used: string[] = [];

t.teardown(async () => {
  const connection = await connect({ servers: url });
  const manager = await connection.jetstreamManager();
  for (const namespace of used) {
    for (const part of ['EVENTS', 'REPLAYS', 'ADVISORIES']) await manager.streams.delete(`${namespace.toUpperCase()}_${part}`).catch(() => undefined);
    await manager.streams.delete(`KV_${namespace}-dead-letters`).catch(() => undefined);
  }
  await connection.close();
  await server?.close();
});

eventBusContract(t, 'NATS JetStream', async () => {
  const namespace = `contract-${randomUUID()}`;
  used.push(namespace);
  const retry = { attempts: 3, firstDelayMs: 1, maxDelayMs: 5 };
  const bus = new NatsEventBus({ url, clock: systemClock, namespace, retry });
  return { bus, store: new MemoryEventStore<DomainEvent>(), attempts: 3, close: () => bus.close() };
});
