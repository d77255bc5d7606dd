import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import type { MailCommand } from '../../../src/domain/mail/decider.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { VERSION } from '../../../src/http/shared/version.js';
import type { HealthReport } from '../../../src/http/operations/health-report.js';
import { mailCollection } from '../../../src/projections/mails/document.js';
import { contextFor } from '../../fixtures/command-services.js';
import { projectRoot } from '../../project-root.js';
import { createAcademyApp } from './academy-app.js';

const wellReport: HealthReport = { parts: { mailer: { status: 'up' } }, projections: [], unavailable: [], workers: [{ worker: 'mail-sender', secondsBehind: 2 }], deadLetters: {} };
let report = wellReport;

const app = await createAcademyApp({ health: async () => report });
t.teardown(() => app.close());
const { send, must, clock } = app;
const admin = await app.admin();
const umum = await app.umum();
const dike = await app.dike();
const guest = await app.guest();
const service = app.service();

const payment = {
  email: 'recipient@example.com', username: 'User Name', courseName: 'Web Development', amount: 'Rp 250.000,00',
  transactionId: '75c2d819-7a8d-4ce7-ac19-bba55efd2b72', date: '11 Mei 2025',
};
const enrollment = {
  email: 'recipient@example.com', username: 'User Name', courseName: 'Game Development', packageName: 'Paket Entry', price: 250_000,
  paymentId: 'fc05869b-72b2-4b55-b749-29ff64b1f28c', date: '11 Mei 2025',
};
const letters = [['/email/payment-confirmation', payment, 'package-payment-confirmation'], ['/email/enrollment-confirmation', enrollment, 'package-enrollment-confirmation']] as const;
const MESSAGE_ID = /^<[0-9a-f-]{36}@academy\.example>$/;
const mailIdIn = (messageId: unknown): string => String(messageId).slice(1, 37);

for (const [path, body, template] of letters) {
  t.test(`a service sends ${template} (3.2.1)`, async (t) => {
    const sent = await send(service, 'POST', path, body);
    t.equal(sent.status, 200);
    t.match(sent.body, { status: 'success', message: 'Email sent successfully', data: { messageId: MESSAGE_ID } });
    t.same(Object.keys(sent.data), ['messageId']);
    const [requested] = await app.events(`mail-${mailIdIn(sent.data['messageId'])}`);
    t.match(requested, { type: 'MailRequested', data: { template, letter: { address: 'recipient@example.com', values: { username: 'User Name', date: '11 Mei 2025' } } } });
    if (path === '/email/enrollment-confirmation') t.match(requested?.data, { letter: { values: { price: 'Rp 250.000,00', packageName: 'Paket Entry' } } });
    t.notMatch(JSON.stringify(await app.services.readModels.get(mailCollection, mailIdIn(sent.data['messageId'])) ?? {}), 'recipient');

    const again = await send(service, 'POST', path, body);
    t.same(again.body, sent.body, 'the same words are the same mail');
    const at = await Promise.all(Array.from({ length: 10 }, () => send(service, 'POST', path, { ...body, username: 'Another Name' })));
    t.equal(new Set(at.map(({ data }) => data['messageId'])).size, 1, 'also ten at once');
    t.not(at[0]?.data['messageId'], sent.data['messageId']);
    t.equal((await send(app.service(umum), 'POST', path, body)).status, 200, 'in the name of an account, too');
    t.equal((await send({ headers: { ...service.headers, ...umum.headers } }, 'POST', path, body)).status, 200, 'and with a bearer token besides');
  });

  t.test(`who may not: ${path} (3.4)`, async (t) => {
    for (const [caller, role] of [[admin, 'ADMIN'], [umum, 'UMUM'], [dike, 'DIKE'], [guest, 'USER']] as const) {
      const refused = await send(caller, 'POST', path, body);
      t.same([refused.status, refused.body], [403, { status: 'error', message: `Access denied. Role '${role}' is not permitted to perform this action.` }]);
    }
    t.equal((await send(null, 'POST', path, body)).status, 401);
    t.equal((await send({ headers: { 'x-api-key': 'wrong' } }, 'POST', path, body)).status, 401);
  });

  t.test(`wrong fields of ${path} are named`, async (t) => {
    for (const name of Object.keys(body)) {
      const refused = await send(service, 'POST', path, { ...body, [name]: undefined });
      t.equal(refused.status, 400, name);
      t.match(refused.body, { status: 'error', message: 'Validation failed', errors: [{ field: name }] });
    }
    const hostile = { email: 'x\r\nBcc: all@example.org', username: 'a\r\nb', courseName: ' ', date: 'x'.repeat(101) };
    const refused = await send(service, 'POST', path, { ...body, ...hostile });
    t.equal(refused.status, 400);
    t.same(new Set((refused.body['errors'] as { field: string }[]).map(({ field }) => field)), new Set(Object.keys(hostile)));
  });
}

t.test('a price is a number of rupiah, an id a UUID', async (t) => {
  for (const wrong of [{ price: -1 }, { price: 'free' }, { price: 1e300 }, { paymentId: '1' }]) {
    t.equal((await send(service, 'POST', '/email/enrollment-confirmation', { ...enrollment, ...wrong })).status, 400);
  }
});

const path = '/email/templates/payment-confirmation';
const words = { subject: 'Your Payment is Confirmed - OmahTI Academy', htmlContent: '<!DOCTYPE html><html><body><p>Halo {{username}}, {{amount}}</p></body></html>' };

t.test('an admin sees the two templates (3.2.2)', async (t) => {
  const listed = await send(admin, 'GET', '/email/templates');
  t.same([listed.status, listed.body], [200, {
    status: 'success',
    message: 'Templates retrieved successfully',
    data: [
      { id: 'payment-confirmation', name: 'Payment Confirmation', subject: 'Payment Confirmation - OmahTI Academy', variables: ['username', 'courseName', 'amount', 'transactionId', 'date'] },
      { id: 'enrollment-confirmation', name: 'Enrollment Confirmation', subject: 'Enrollment Confirmation - OmahTI Academy', variables: ['username', 'courseName', 'packageName', 'price', 'date'] },
    ],
  }]);
});

t.test('an admin changes the words, sees how mails look, and the words before (3.2.2)', async (t) => {
  const changed = await send(admin, 'PUT', path, words);
  t.same([changed.status, changed.body], [200, {
    status: 'success',
    message: 'Template updated successfully',
    data: {
      id: 'payment-confirmation',
      name: 'Payment Confirmation',
      subject: words.subject,
      preview: { subject: words.subject, html: '<!DOCTYPE html><html><body><p>Halo Budi Santoso, Rp 250.000,00</p></body></html>' },
    },
  }]);
  t.match((await must(admin, 'GET', '/email/templates')).list[0], { subject: words.subject });
  await must(admin, 'PUT', path, words);
  await must(admin, 'PUT', path, { ...words, subject: 'Lunas: {{courseName}}' });
  const history = await send(admin, 'GET', `${path}/history`);
  t.match(history.list, [{ subject: 'Lunas: {{courseName}}', changedBy: admin.id }, { ...words, changedBy: admin.id, changedAt: /Z$/ }]);
  t.equal(history.list.length, 2, 'the same words are no change');
  t.equal(history.raw.headers['x-total-count'], '2');
  t.match((await must(admin, 'GET', `${path}/history?limit=1&page=2`)).list, [words]);
  t.same((await must(admin, 'GET', '/email/templates/enrollment-confirmation/history')).list, []);
});

t.test('a preview changes nothing', async (t) => {
  const before = await app.store.head();
  const shown = await send(admin, 'POST', '/email/templates/enrollment-confirmation/preview', { subject: '{{packageName}}', htmlContent: '<p>{{price}}</p>' });
  t.same([shown.status, shown.data], [200, { subject: 'Paket Entry', html: '<!DOCTYPE html><p>Rp 250.000,00</p>' }]);
  t.equal(await app.store.head(), before);
});

t.test('words that can not be sent are refused, and nothing is recorded', async (t) => {
  const before = await app.store.head();
  const wrong: readonly (readonly [over: object, field: string, message: RegExp])[] = [
    [{ htmlContent: '<p>{{nama}}</p>' }, 'htmlContent', /^\{\{nama\}\} is unknown; allowed are \{\{username\}\}, \{\{courseName\}\}, \{\{amount\}\}, \{\{transactionId\}\}, \{\{date\}\}$/],
    [{ htmlContent: '<p>{{username</p>' }, 'htmlContent', /not closed/],
    [{ htmlContent: '<p>a</p><script>alert(1)</script>' }, 'htmlContent', /<script> is not allowed/],
    [{ htmlContent: '<p onclick="a">a</p>' }, 'htmlContent', /onclick is not allowed/],
    [{ htmlContent: '<a href="javascript:a">a</a>' }, 'htmlContent', /href must be/],
    [{ htmlContent: 'x'.repeat(50_001) }, 'htmlContent', /at most 50000/],
    [{ htmlContent: undefined }, 'htmlContent', /required/],
    [{ subject: '{{price}}' }, 'subject', /\{\{price\}\} is unknown/],
    [{ subject: 'x'.repeat(201) }, 'subject', /at most 200/],
    [{ subject: 'a\nb' }, 'subject', /one line/],
    [{ subject: '  ' }, 'subject', /blank/],
    [{ subject: undefined }, 'subject', /required/],
  ];
  for (const [over, field, message] of wrong) {
    for (const [method, url] of [['PUT', path], ['POST', `${path}/preview`]] as const) {
      const refused = await send(admin, method, url, { ...words, ...over });
      t.equal(refused.status, 400);
      t.match(refused.body, { status: 'error', message: 'Validation failed', errors: [{ field, message }] }, `${field} ${message}`);
    }
  }
  t.equal(await app.store.head(), before);
});

t.test('another template is not found, whatever it is called', async (t) => {
  for (const id of ['password-reset', 'constructor', '__proto__']) {
    for (const [method, url, body] of [['PUT', '', words], ['POST', '/preview', words], ['GET', '/history', undefined]] as const) {
      const missing = await send(admin, method, `/email/templates/${id}${url}`, body);
      t.same([missing.status, missing.body], [404, { status: 'error', message: 'Template not found' }], `${method} ${id}${url}`);
    }
  }
});

t.test('templates and the status of mails are the admins’ alone (3.4)', async (t) => {
  const routes = [['GET', '/email/templates'], ['PUT', path, words], ['POST', `${path}/preview`, words], ['GET', `${path}/history`], ['GET', `/email/status/${randomUUID()}@academy.example`]] as const;
  for (const [method, url, body] of routes) {
    for (const [caller, role] of [[umum, 'UMUM'], [dike, 'DIKE'], [guest, 'USER'], [service, 'SERVICE']] as const) {
      const refused = await send(caller, method, url, body);
      t.same([refused.status, refused.message], [403, `Access denied. Role '${role}' is not permitted to perform this action.`], `${role} ${url}`);
    }
    const nobody = await send(null, method, url, body);
    t.same([nobody.status, nobody.message], [401, 'Authentication required. No valid token provided.']);
  }
});

t.test('the status through the life of a mail (3.2.3)', async (t) => {
  const letter = async (username: string): Promise<string> => String((await must(service, 'POST', '/email/payment-confirmation', { ...payment, username })).data['messageId']);
  const tell = async (mailId: string, command: MailCommand): Promise<void> => {
    const handled = await app.services.commands.handler.handle(aggregates.mail, mailId, command, contextFor(randomUUID()));
    if (!handled.ok) throw new Error(handled.rejection);
  };
  const statusOf = async (messageId: string) => (await must(admin, 'GET', `/email/status/${encodeURIComponent(messageId)}`)).data;
  const now = (): string => clock.now().toISOString();

  const messageId = await letter('Status');
  const mailId = mailIdIn(messageId);
  t.same(await statusOf(messageId), { messageId, status: 'queued', sentAt: null, deliveredAt: null });
  clock.advance(1_000);
  const sentAt = now();
  await tell(mailId, { type: 'AttemptMail', data: { mailId, at: sentAt, aloneSince: null } });
  t.same(await statusOf(messageId), { messageId, status: 'queued', sentAt, deliveredAt: null });
  clock.advance(4_000);
  const deliveredAt = now();
  await tell(mailId, { type: 'RecordMailSent', data: { mailId, attempt: 1, at: deliveredAt } });
  const delivered = await send(admin, 'GET', `/email/status/${encodeURIComponent(messageId)}`);
  t.same([delivered.status, delivered.body], [200, { status: 'success', message: 'Email status retrieved successfully', data: { messageId, status: 'delivered', sentAt, deliveredAt } }]);
  for (const form of [messageId.slice(1, -1), encodeURIComponent(messageId.slice(1, -1)), messageId.slice(1, -1).toUpperCase()]) {
    t.same((await send(admin, 'GET', `/email/status/${form}`)).body, delivered.body, form);
  }

  const failing = mailIdIn(await letter('Failing'));
  await tell(failing, { type: 'AttemptMail', data: { mailId: failing, at: now(), aloneSince: null } });
  await tell(failing, { type: 'RecordMailFailure', data: { mailId: failing, attempt: 1, reason: 'no such mailbox', permanent: true, at: now() } });
  t.match(await statusOf(`${failing}@academy.example`), { status: 'failed', sentAt: now(), deliveredAt: null });
  const lost = mailIdIn(await letter('Lost'));
  await tell(lost, { type: 'AttemptMail', data: { mailId: lost, at: now(), aloneSince: null } });
  await tell(lost, { type: 'RecordMailOutcomeUnknown', data: { mailId: lost, attempt: 1, reason: 'no answer', at: now() } });
  t.match(await statusOf(`${lost}@academy.example`), { status: 'unknown', deliveredAt: null });
  const withdrawn = mailIdIn(await letter('Withdrawn'));
  await tell(withdrawn, { type: 'WithdrawMail', data: { mailId: withdrawn, reason: 'a test', at: now() } });
  t.match(await statusOf(`${withdrawn}@academy.example`), { status: 'cancelled', sentAt: null, deliveredAt: null });

  for (const unknown of [randomUUID(), `${randomUUID()}@academy.example`, `${mailId}@elsewhere.example`, mailId, 'x', '%3C%3E', 'a'.repeat(300)]) {
    const missing = await send(admin, 'GET', `/email/status/${unknown}`);
    t.same([missing.status, missing.body], [404, { status: 'error', message: 'Email not found' }], unknown.slice(0, 80));
  }
});

t.test('anybody sees whether mails go out (3.2.4)', async (t) => {
  const asked = async () => (await send(null, 'GET', '/email/health')).body;
  t.match(await asked(), { status: 'success', message: 'Email service is healthy', data: { uptime: /^0h \d+m$/, queueStatus: 'operational', version: VERSION } });
  clock.advance((10 * 60 + 23) * 60_000);
  t.match(await asked(), { data: { uptime: /^10h 2[34]m$/ } });
  for (const ill of [{ parts: { mailer: { status: 'down', detail: 'smtp.secret.example refused' } } }, { workers: [{ worker: 'mail-sender', secondsBehind: 301 }] }, { parts: { readModels: { status: 'down' } } }] as const) {
    report = { ...wellReport, ...ill };
    const body = await asked();
    t.match(body, { status: 'success', message: 'Email service is degraded', data: { queueStatus: 'degraded' } });
    t.notMatch(JSON.stringify(body), 'secret', 'and nothing of why');
  }
  report = wellReport;
  const { version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
  t.equal(VERSION, version);
});

t.test('too many requests (3.5)', async (t) => {
  const limited = await createAcademyApp({ config: { rateLimit: true } });
  t.teardown(() => limited.close());
  const other = await limited.admin();
  for (let number = 0; number < 200; number += 1) await limited.must(other, 'GET', '/email/templates');
  for (const [method, url, body] of [['GET', '/email/templates'], ['PUT', path, words], ['GET', '/email/status/x']] as const) {
    const refused = await limited.send(other, method, url, body);
    t.equal(refused.status, 429);
    t.match(refused.body, { status: 'error', error: 'Too many requests', retryAfter: Number });
  }
  t.equal((await limited.send(limited.service(), 'POST', '/email/payment-confirmation', payment)).status, 200, 'services are exempt');
});
