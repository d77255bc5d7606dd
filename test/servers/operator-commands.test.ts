import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import t from 'tap';
import { EventStoreDbStore } from '../../src/adapters/eventstoredb/event-store-db-store.js';
import { startApplication } from '../../src/composition/application.js';
import { registrar } from '../../src/cli/registrar.js';
import { loadConfig } from '../../src/config.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { registered } from '../projections/account-events.js';
import { courseCreated } from '../projections/course-events.js';
import { openFront } from './eventstoredb-front/open-front.js';
import { MongodServer } from './mongod-server.js';
import { NatsServer } from './nats-server.js';
import { TestSmtpServer } from './smtp-server.js';
import { until } from './until.js';

const at = '2026-03-01T12:00:00.000Z';

const record = async (store: EventStoreDbStore, stream: string, event: DomainEvent, expected: 'no_stream' | 'stream_exists' = 'no_stream'): Promise<void> => {
  const id = randomUUID();
  const metadata = { actorId: null, correlationId: id, causationId: id, occurredAt: at, schemaVersion: 1, commandId: id };
  await store.append(stream, expected, [{ ...event, id, metadata }]);
};

t.test('where servers keep everything, an operator decides beside the processes about a mail whose answer was lost', async (t) => {
  const [front, mongod, nats, smtp] = [await openFront(t), await MongodServer.start(), await NatsServer.start(), await TestSmtpServer.start()];
  t.teardown(() => Promise.all([mongod.stop(), nats.close(), smtp.close()]));
  const config = loadConfig({
    NODE_ENV: 'test', DATA_DIR: t.testdir(), LOG_LEVEL: 'silent', BCRYPT_COST: '4', ROLES: 'projector,relay,email',
    EVENTSTORE_URL: front.connectionString, MONGODB_URL: mongod.url(), NATS_URL: nats.url, SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
  });
  const application = await startApplication(config, pino({ level: 'silent' }));
  t.teardown(() => application.stop());
  const operator = async (...args: readonly string[]) => {
    const lines: string[] = [];
    const print = (line: string): void => void lines.push(line);
    const { signal } = new AbortController();
    const code = await registrar(['mails', ...args], { config: () => config, print, signal });
    return { code, lines };
  };

  const store = new EventStoreDbStore({ connectionString: front.connectionString });
  t.teardown(() => store.close());
  const [account, signedUp] = registered('ann', { email: 'ann@example.com' });
  await record(store, account, signedUp);
  await record(store, account, { type: 'AccountEmailVerified', data: { accountId: 'ann', email: 'ann@example.com', verifiedAt: at } }, 'stream_exists');
  await record(store, ...courseCreated('c1', { title: 'Knots' }));
  smtp.reply = 'hang-up';
  await record(store, 'enrollment-ann.c1', { type: 'StudentEnrolled', data: { studentId: 'ann', courseId: 'c1', enrolledAt: at } });
  await until(async () => (await operator('list', '--unknown')).lines.length === 2);
  const { lines } = await operator('list');
  t.match(lines, [/outcome unknown: enrollment-confirmation for account ann, tried 1 times/, '1 of unknown outcome, 0 given up']);
  const mailId = lines[0]?.split(' ')[0] ?? '';
  t.match(smtp.arrived.map(String), [`Message-ID: <${mailId}@`], 'where the mail server’s log has it');

  smtp.reply = 'accept';
  t.match(await operator('resend', mailId, '--by', 'olga'), { code: 0 });
  await until(async () => smtp.arrived.length === 2);
  t.match(smtp.arrived.map(String)[1], `Message-ID: <${mailId}@`);
  await until(async () => (await operator('list')).lines[0] === '0 of unknown outcome, 0 given up');
  t.match(await operator('settle', mailId, '--sent'), { code: 0 });
});
