import { randomUUID } from 'node:crypto';
import t from 'tap';
import type { DeadLetter } from '../../../src/ports/event-bus.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { MailCommand } from '../../../src/domain/mail/decider.js';
import { createTestApp } from '../../fixtures/test-app.js';

let letters: readonly DeadLetter[] = [];
let unreachable: Error | null = null;
const letter = (n: number): DeadLetter => ({
  id: `mail-requests.event-${n}`,
  consumer: 'mail-requests',
  eventId: `event-${n}`,
  stream: `payment-${n}`,
  type: 'PaymentCaptured',
  reason: 'no such account',
  attempts: 8,
  failedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, n)).toISOString(),
});

const test = await createTestApp({
  surfaces: ['marketplace'],
  services: (services) => ({
    ...services,
    operating: {
      ...services.operating,
      deadLetters: async () => {
        if (unreachable !== null) throw unreachable;
        return letters;
      },
      replayDeadLetter: async (id) => {
        const before = letters.length;
        letters = letters.filter((each) => each.id !== id);
        return letters.length < before;
      },
      workers: async () => {
        if (unreachable !== null) throw unreachable;
        const at = services.operating.now();
        const later = (ms: number): string => new Date(at.getTime() + ms).toISOString();
        return [
          { worker: 'invoices', checkpoint: 12n, behind: 0n, secondsBehind: 0, lastFailure: null },
          { worker: 'relay', checkpoint: 10n, behind: 2n, secondsBehind: 4.5, lastFailure: { at: later(-600_000), message: 'long over', retryAt: later(-599_000) } },
          { worker: 'mail-sender', checkpoint: null, behind: null, secondsBehind: 0, lastFailure: { at: later(-1_000), message: 'refused', retryAt: later(4_000) } },
        ];
      },
    },
  }),
});
t.teardown(test.close);
const admin = await test.signUp('admin');
const student = await test.signUp('student');
type Method = 'GET' | 'POST' | 'DELETE';
const call = (method: Method, url: string, payload?: object, headers = admin.headers) =>
  test.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });

/** A mail that an attempt of unknown outcome left behind. */
const undecided = async (template: 'payment-receipt' | 'verification-code' = 'payment-receipt'): Promise<string> => {
  const references = { paymentId: 'p1', otpId: 'o1', purpose: 'account_verification' };
  const mailId = randomUUID();
  const at = test.clock.now().toISOString();
  const commands: readonly MailCommand[] = [
    { type: 'RequestMail', data: { mailId, accountId: student.id, template, references, sourceEventId: 'e1', at } },
    { type: 'AttemptMail', data: { mailId, at, aloneSince: null } },
    { type: 'RecordMailOutcomeUnknown', data: { mailId, attempt: 1, reason: 'the line broke', at } },
  ];
  for (const command of commands) {
    const commandId = randomUUID();
    await test.services.commands.handler.handle(aggregates.mail, mailId, command, { commandId, actorId: null, correlationId: commandId, causationId: commandId });
  }
  await test.caughtUp();
  return mailId;
};

/** The read model of courses when its rebuild is over. Requests of a test are answered without a turn of the event loop: timers need one. */
const ended = async () => {
  for (;;) {
    const answer = await call('GET', '/operations/read-models/courses');
    if (['done', 'stopped'].includes(answer.json<{ rebuild: { state: string } }>().rebuild.state)) return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
};

const routes: readonly (readonly [Method, string])[] = [
  ['GET', '/operations/read-models'],
  ['GET', '/operations/read-models/courses'],
  ['POST', '/operations/read-models/courses/rebuild'],
  ['DELETE', '/operations/read-models/courses/rebuild'],
  ['GET', '/operations/workers'],
  ['GET', '/operations/dead-letters'],
  ['POST', '/operations/dead-letters/x/replay'],
  ['GET', '/operations/mails'],
  ['POST', '/operations/mails/x/resend'],
  ['POST', '/operations/mails/x/settle'],
];

t.test('issue 16: they are for admins alone', async (t) => {
  for (const [method, url] of routes) {
    const payload = method === 'POST' ? { outcome: 'sent' } : undefined;
    t.equal((await call(method, url, payload, student.headers)).statusCode, 403, `${method} ${url}`);
    t.equal((await test.inject({ method, url, ...(payload === undefined ? {} : { payload }) })).statusCode, 401, `${method} ${url}`);
  }
});

t.test('issue 16: read models are listed with place and lag; one is built again with progress to be looked up', async (t) => {
  await test.caughtUp();
  const { readModels } = (await call('GET', '/operations/read-models')).json<{ readModels: { name: string }[] }>();
  t.ok(readModels.length > 20);
  for (const model of readModels) t.match(model, { state: 'serving', position: /^\d+$/, unit: 'events', since: null, failure: null, rebuild: null });
  const asked = await call('POST', '/operations/read-models/courses/rebuild');
  t.match([asked.statusCode, asked.json()], [202, { state: 'requested', percent: 0, failure: null }]);
  // The projector has had no turn of the event loop yet.
  t.match((await call('POST', '/operations/read-models/mails/rebuild')).json(), { status: 409, code: 'rebuild-under-way', details: { projection: 'courses' } });
  t.match((await ended()).json(), { name: 'courses', state: 'serving', rebuild: { percent: 100, failure: null } });
  t.match((await call('DELETE', '/operations/read-models/courses/rebuild')).json(), { status: 404, code: 'not-found' });
  for (const method of ['POST', 'DELETE'] as const) t.equal((await call(method, '/operations/read-models/nonsense/rebuild')).statusCode, 404, method);
  t.equal((await call('GET', '/operations/read-models/nonsense')).statusCode, 404);
});

t.test('issue 16: of several rebuilds that are asked for at once one begins; it can be given up', async (t) => {
  const statuses = await Promise.all(['courses', 'carts', 'coupons'].map(async (name) => (await test.app.inject({ method: 'POST', url: `/operations/read-models/${name}/rebuild`, headers: admin.headers })).statusCode));
  t.same(statuses.toSorted(), [202, 409, 409]);
  const stopped = await call('DELETE', '/operations/read-models/courses/rebuild');
  // It may be done already: the log of a test is short.
  t.ok([202, 404].includes(stopped.statusCode));
  t.match((await ended()).json(), { state: 'serving', rebuild: { state: /done|stopped/ } });
});

t.test('issue 16: workers are shown with place, lag and last error', async (t) => {
  t.match((await call('GET', '/operations/workers')).json(), {
    workers: [
      { name: 'invoices', state: 'level', position: '12', behind: 0, lastError: null },
      { name: 'relay', state: 'behind', position: '10', behind: 2, secondsBehind: 4.5, lastError: { message: 'long over' } },
      { name: 'mail-sender', state: 'failing', position: null, behind: null, lastError: { message: 'refused' } },
    ],
  });
});

t.test('issue 16: dead letters come in pages, and are replayed once', async (t) => {
  letters = Array.from({ length: 45 }, (_, n) => letter(n));
  const page = (await call('GET', '/operations/dead-letters?page=3')).json<{ data: DeadLetter[]; total: number; totalPages: number }>();
  t.match(page, { page: 3, limit: 20, total: 45, totalPages: 3 });
  t.same(page.data.map(({ eventId }) => eventId), [4, 3, 2, 1, 0].map((n) => `event-${n}`), 'the last failure first');
  t.match((await call('GET', '/operations/dead-letters?page=9')).json(), { data: [], total: 45 });
  t.equal((await call('GET', '/operations/dead-letters?limit=101')).statusCode, 400);
  const replayed = await call('POST', `/operations/dead-letters/${letter(4).id}/replay`);
  t.match([replayed.statusCode, replayed.json()], [202, { id: letter(4).id, state: 'replaying' }]);
  t.match((await call('POST', `/operations/dead-letters/${letter(4).id}/replay`)).json(), { status: 404, code: 'not-found' });
});

t.test('issue 16: what this process can not reach is a 503 that says so', async (t) => {
  unreachable = new Error("NATS can't be reached: connection refused");
  t.teardown(() => void (unreachable = null));
  for (const url of ['/operations/dead-letters', '/operations/workers']) {
    t.match((await call('GET', url)).json(), { status: 503, code: 'part-unreachable', detail: /connection refused/ }, url);
  }
});

t.test('issue 16: mails of unknown outcome are listed in pages, sent once more or settled, by whom the log tells', async (t) => {
  const resent = await undecided('verification-code');
  const settled = await undecided();
  const unneeded = await undecided();
  const first = (await call('GET', '/operations/mails?limit=2')).json<{ data: { id: string }[]; nextCursor: string }>();
  t.match(first, { total: 3, totalPages: 2, data: [{ outcome: 'unknown', template: /receipt|code/, reason: 'the line broke', attempts: 1 }, {}] });
  const rest = (await call('GET', `/operations/mails?outcome=unknown&limit=2&cursor=${first.nextCursor}`)).json<{ data: { id: string }[] }>();
  t.same([...first.data, ...rest.data].map(({ id }) => id).toSorted(), [resent, settled, unneeded].toSorted());
  t.match((await call('GET', '/operations/mails?outcome=given-up')).json(), { total: 0, data: [] });

  const answer = await call('POST', `/operations/mails/${settled}/settle`, { outcome: 'sent' });
  t.match([answer.statusCode, answer.json()], [200, { id: settled, decision: 'sent' }]);
  t.match((await call('POST', `/operations/mails/${unneeded}/settle`, { outcome: 'not-needed' })).json(), { decision: 'not-needed' });
  t.match((await test.events(`mail-${settled}`)).at(-1), { type: 'MailSettled', data: { settledBy: admin.id }, metadata: { actorId: admin.id } });
  t.match((await test.events(`mail-${unneeded}`)).at(-1), { type: 'MailWithdrawn', metadata: { actorId: admin.id } });
  t.match((await call('POST', `/operations/mails/${unneeded}/settle`, { outcome: 'sent' })).json(), { status: 409, code: 'mail-withdrawn' });
  t.match((await call('POST', `/operations/mails/${settled}/resend`)).json(), { status: 409, code: 'mail-already-sent' });
  t.match((await call('POST', `/operations/mails/${randomUUID()}/resend`)).json(), { status: 404 });
  t.equal((await call('POST', `/operations/mails/${resent}/settle`, { outcome: 'perhaps' })).statusCode, 400);

  const useless = await call('POST', `/operations/mails/${resent}/resend`);
  t.match(useless.json(), { status: 409, code: 'mail-withdrawn', detail: /off the list/, details: { reason: String } }, 'its code is no good any more: nothing to send');
  t.match((await call('GET', '/operations/mails')).json(), { total: 0 });

  const incomplete = await undecided();
  t.match((await call('POST', `/operations/mails/${incomplete}/resend`)).json(), { id: incomplete, decision: 'resend' }, 'its payment is not in the log: the sender will say so');
});
