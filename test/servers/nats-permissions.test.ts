import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'nats';
import t from 'tap';
import { systemClock } from '../../src/adapters/embedded/system-clock.js';
import { NatsEventBus } from '../../src/adapters/nats/nats-event-bus.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { appendOrFail, collect } from '../contracts/event-store-samples.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { NatsServer } from './nats-server.js';
import { until } from './until.js';
import { projectRoot } from '../project-root.js';

const PASSWORD = 'a-password';

/** The documented configuration of a cluster, as one node without certificates. */
const oneNode = (configuration: string): string =>
  configuration
    .replace(/^cluster \{[\s\S]*?^\}/m, '')
    .replace(/^tls \{[\s\S]*?^\}/m, '')
    .replace(/^(listen|http|server_name):.*$/gm, '')
    .replace(/^ {2}store_dir:.*$/m, '')
    .replace('$NATS_PASSWORD', PASSWORD)
    .replace('$NATS_ADMIN_PASSWORD', `${PASSWORD}-of-admin`);

t.test('the rights in docs/nats.cluster.conf are enough for the bus, and not for more', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'registrar-nats-conf-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const file = join(folder, 'nats.conf');
  await writeFile(file, oneNode(await readFile(join(projectRoot, 'docs/nats.cluster.conf'), 'utf8')));
  const server = await NatsServer.start('-c', file);
  t.teardown(() => server.close());
  const url = server.url.replace('nats://', `nats://registrar:${PASSWORD}@`);

  const bus = new NatsEventBus({ url, clock: systemClock, retry: { attempts: 2, firstDelayMs: 1, maxDelayMs: 1 } });
  const store = new MemoryEventStore<DomainEvent>();
  await appendOrFail(store, 'cart-1', ['good', 'bad']);
  const handled: string[] = [];
  let fails = true;
  const stop = new AbortController();
  const handle = async ({ data }: DomainEvent): Promise<void> => {
    const { courseId } = { courseId: '', ...data };
    if (courseId === 'bad' && fails) throw new Error('not now');
    handled.push(courseId ?? '');
  };
  const running = bus.consume({ name: 'counting', categories: ['cart'], handle }, stop.signal);
  await bus.publish(await collect(store.readAll()));
  await until(async () => (await bus.deadLetters()).length === 1);
  fails = false;
  for (const { id } of await bus.deadLetters()) t.ok(await bus.replayDeadLetter(id));
  await until(async () => handled.includes('bad'));
  t.same(handled, ['good', 'bad']);
  stop.abort();
  await running;
  await bus.close();

  const connection = await connect({ servers: server.url, user: 'registrar', pass: PASSWORD, timeout: 500 });
  const manager = await connection.jetstreamManager();
  await t.rejects(manager.streams.delete('REGISTRAR_EVENTS'));
  await t.rejects(manager.streams.purge('REGISTRAR_EVENTS'));
  t.ok((await manager.streams.info('REGISTRAR_EVENTS')).state.messages > 0);
  await connection.close();
  const admin = await connect({ servers: server.url, user: 'admin', pass: `${PASSWORD}-of-admin` });
  t.ok(await (await admin.jetstreamManager()).streams.delete('REGISTRAR_EVENTS'), 'an operator may');
  await admin.close();
  await t.rejects(connect({ servers: server.url, timeout: 500 }), 'nobody gets in without a password');
});
