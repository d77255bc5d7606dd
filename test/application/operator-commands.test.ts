import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { openDataFolder } from '../../src/adapters/embedded/data-folder.js';
import { LmdbDeadLetters } from '../../src/adapters/embedded/dead-letters.js';
import { LmdbEventStore } from '../../src/adapters/embedded/event-store/lmdb-event-store.js';
import { openLogEnvironment } from '../../src/adapters/embedded/event-store/log-environment.js';
import { registrar } from '../../src/cli/registrar.js';
import { loadConfig } from '../../src/config.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { NewEvent } from '../../src/ports/event-store.js';
import { publishCourse, RunningApplication, signUp } from './running-application.js';

const at = '2026-03-01T12:00:00.000Z';
const mailId = randomUUID();

const recorded = (event: DomainEvent): NewEvent<DomainEvent> => {
  const id = randomUUID();
  return { ...event, id, metadata: { actorId: null, correlationId: id, causationId: id, occurredAt: at, schemaVersion: 1, commandId: id } };
};

/** A confirmation that may have arrived, and an event that its consumer gave up; as a server leaves them that is stopped. */
const leaveBehind = async (dataDirectory: string, { id: accountId, email }: { id: string; email: string }, courseId: string): Promise<void> => {
  const folder = openDataFolder(dataDirectory);
  const environment = await openLogEnvironment(folder.log);
  const store = new LmdbEventStore(environment);
  const wanted = { mailId, accountId, template: 'enrollment-confirmation' as const, references: { courseId }, sourceEventId: 'e', requestedAt: at };
  await store.append(`account-${accountId}`, 'stream_exists', [recorded({ type: 'AccountEmailVerified', data: { accountId, email, verifiedAt: at } })]);
  const requested = recorded({ type: 'MailRequested', data: wanted });
  await store.append(`mail-${mailId}`, 'no_stream', [
    requested,
    recorded({ type: 'MailAttempted', data: { mailId, attempt: 1, attemptedAt: at } }),
    recorded({ type: 'MailOutcomeUnknown', data: { mailId, attempt: 1, reason: 'connection lost', unknownAt: at } }),
  ]);
  const letter = { consumer: 'mail-requests', eventId: requested.id, stream: `mail-${mailId}`, type: requested.type, reason: 'away', attempts: 8, failedAt: at };
  await new LmdbDeadLetters(environment).record({ id: `mail-requests.${requested.id}`, ...letter });
  await store.close();
  folder.close();
};

const operatorOf = (dataDirectory: string) => {
  const config = () => loadConfig({ NODE_ENV: 'test', DATA_DIR: dataDirectory, LOG_LEVEL: 'silent', BCRYPT_COST: '4' });
  const { signal } = new AbortController();
  return async (...args: readonly string[]) => {
    const lines: string[] = [];
    const code = await registrar(args, { config, print: (line) => void lines.push(line), signal });
    return { code, lines };
  };
};

t.test('operators work while the server does, and without it', async (t) => {
  const app = await RunningApplication.start(t);
  const ivo = await signUp(app, 'ivo', 'instructor');
  const courseId = await publishCourse(app, ivo, 'Knots');
  await app.stop();
  await leaveBehind(app.folder, ivo, courseId);
  const operator = operatorOf(app.folder);

  await t.test('without a server the lists are made from the log', async (t) => {
    t.match(await operator('deadletters', 'list'), { code: 0, lines: [/^mail-requests\./, '1 dead letter'] });
    t.match(await operator('mails', 'list', '--unknown'), { code: 0, lines: [new RegExp(`^${mailId}  outcome unknown`), '1 of unknown outcome'] });
  });

  await app.boot();
  await t.test('GET /health and /metrics count them', async (t) => {
    await app.until(async () => {
      const { body } = await app.call({ method: 'GET', url: '/health' });
      return Array.isArray(body.workers) && body.workers.length === 14 && body.workers.every(({ secondsBehind }: { secondsBehind: number }) => secondsBehind === 0);
    });
    t.match(await app.call({ method: 'GET', url: '/health' }), { status: 200, body: { deadLetters: { mails: 0, unknownMails: 1, events: 1 } } });
  });

  await t.test('the running server is asked', async (t) => {
    t.match(await operator('mails', 'list'), { code: 0, lines: [new RegExp(`^${mailId}`), '1 of unknown outcome, 0 given up'] });
    t.match(await operator('mails', 'resend', mailId, '--by', 'olga'), { code: 0, lines: [`${mailId}: will be sent once more`] });
    const [mail] = await app.until(async () => {
      const mails = (await app.mails()).filter((text) => text.includes(mailId));
      return mails.length > 0 && mails;
    });
    t.match(mail, 'Knots');
    const { lines } = await operator('deadletters', 'list');
    t.match(lines, [/^mail-requests\./, '1 dead letter']);
    t.match(await operator('deadletters', 'replay', '--all'), { code: 0 });
    await app.until(async () => (await operator('deadletters', 'list')).lines[0] === '0 dead letters');
  });

  await t.test('what it refuses, the operator hears', async (t) => {
    t.match(await operator('mails', 'resend', mailId, '--by', 'two words').catch((error: Error) => error.message), /--by takes a name/);
    t.match(await operator('mails'), { code: 2 });
  });
});

t.test('a folder whose server does not answer is left alone', async (t) => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'registrar-'));
  await mkdir(join(dataDirectory, 'log'));
  const folder = openDataFolder(dataDirectory);
  t.teardown(() => folder.close());
  const operator = operatorOf(dataDirectory);
  for (const command of ['mails', 'deadletters']) {
    t.match(await operator(command, 'list'), { code: 1, lines: [/in use by another server .*ask again/] });
  }
});
