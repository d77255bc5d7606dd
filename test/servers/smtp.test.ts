import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { SMTPServerOptions } from 'smtp-server';
import { SmtpMailer, type SmtpTimeouts } from '../../src/adapters/smtp/smtp-mailer.js';
import { mailerContract, mailMessage } from '../contracts/mailer.js';
import { freePort } from './free-port.js';
import { TestSmtpServer } from './smtp-server.js';

const FROM = 'Registrar <no-reply@learn.example>';

const opened = async (t: Test, options: SMTPServerOptions = {}, url = (port: number): string => `smtp://127.0.0.1:${port}`, timeouts: Partial<SmtpTimeouts> = {}) => {
  const server = await TestSmtpServer.start(options);
  const mailer = new SmtpMailer({ url: url(server.port), from: FROM, timeouts });
  t.teardown(async () => {
    await mailer.close();
    await server.close();
  });
  return { server, mailer };
};

const selfSigned = (t: Test): { key: string; cert: string } => {
  const folder = t.testdir();
  const [key, cert] = ['key.pem', 'cert.pem'].map((file) => join(folder, file));
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...args, '-keyout', key ?? '', '-out', cert ?? ''], { stdio: 'ignore' });
  return { key: readFileSync(key ?? '', 'utf8'), cert: readFileSync(cert ?? '', 'utf8') };
};

mailerContract('SMTP', async (t) => {
  const { server, mailer } = await opened(t);
  return { mailer, received: async () => server.arrived };
});

// A server that nobody can look into from here, best a mail catcher: what it answers is all that there is.
const { SMTP_URL } = process.env;
if (SMTP_URL !== undefined) {
  t.test('the server of SMTP_URL can be reached and takes a mail', async (t) => {
    const mailer = new SmtpMailer({ url: SMTP_URL, from: FROM });
    t.teardown(() => mailer.close());
    await t.resolves(mailer.check());
    t.same(await mailer.send(mailMessage()), { outcome: 'sent' });
  });
}

t.test('the message id is the mail’s, in the sender’s domain: whoever gets it twice can tell', async (t) => {
  const { server, mailer } = await opened(t);
  await mailer.send(mailMessage());
  t.match(server.arrived[0]?.toString(), `Message-ID: <${mailMessage().id}@learn.example>`);
});

t.test('connections are used again', async (t) => {
  const { server, mailer } = await opened(t);
  for (let index = 0; index < 10; index += 1) t.same(await mailer.send(mailMessage({ id: `mail-${index}` })), { outcome: 'sent' });
  t.equal(server.connections, 1);
});

t.test('what the server refuses for now is tried again later, what it refuses for good is not', async (t) => {
  const { server, mailer } = await opened(t);
  for (const [code, permanent] of [[451, false], [452, false], [550, true], [554, true]] as const) {
    server.reply = code;
    t.match(await mailer.send(mailMessage()), { outcome: 'failed', permanent, reason: String(code) });
    server.reply = 'accept';
    server.replyToRecipient = code;
    t.match(await mailer.send(mailMessage()), { outcome: 'failed', permanent, reason: String(code) });
    server.replyToRecipient = 'accept';
  }
  t.same(await mailer.send(mailMessage()), { outcome: 'sent' });
});

t.test('an address that is none is refused for good', async (t) => {
  const { mailer } = await opened(t);
  t.match(await mailer.send(mailMessage({ to: { name: 'Nobody', address: '' } })), { outcome: 'failed', permanent: true });
});

t.test('a server that is away fails for now, and check says so; when it is back, mails go out', async (t) => {
  const port = await freePort();
  const mailer = new SmtpMailer({ url: `smtp://127.0.0.1:${port}`, from: FROM });
  t.match(await mailer.send(mailMessage()), { outcome: 'failed', permanent: false, reason: /ECONNREFUSED/ });
  await t.rejects(mailer.check(), { message: /mails can't be handed over.*ECONNREFUSED/ });
  const server = new TestSmtpServer();
  await server.listen(port);
  t.same(await mailer.send(mailMessage()), { outcome: 'sent' });
  await t.resolves(mailer.check());
  await mailer.close();
  await server.close();
});

t.test('a server that is restarted between two mails is no failure', async (t) => {
  const { server, mailer } = await opened(t);
  await mailer.send(mailMessage());
  server.hangUp();
  t.same(await mailer.send(mailMessage({ id: 'second' })), { outcome: 'sent' });
});

t.test('a server that says nothing when a connection is made fails for now', async (t) => {
  const { mailer } = await opened(t, { onConnect: () => undefined }, undefined, { connectMs: 100 });
  t.match(await mailer.send(mailMessage()), { outcome: 'failed', permanent: false });
});

t.test('no answer after the mail was handed over: unknown, and it is not sent again', async (t) => {
  for (const reply of ['silence', 'hang-up'] as const) {
    const { server, mailer } = await opened(t, {}, undefined, { silenceMs: 200 });
    t.same(await mailer.send(mailMessage({ id: 'first' })), { outcome: 'sent' });
    server.reply = reply;
    // On a connection that was used before and on a new one.
    for (const id of ['second', 'third']) t.match(await mailer.send(mailMessage({ id })), { outcome: 'unknown' }, `${reply}: ${id}`);
    server.reply = 'accept';
    t.same(await mailer.send(mailMessage({ id: 'last' })), { outcome: 'sent' });
    t.equal(server.arrived.length, 4);
  }
});

t.test('a server that keeps the line busy but never answers: unknown when the time for a mail is over', async (t) => {
  const { server, mailer } = await opened(t, {}, undefined, { sendMs: 300 });
  server.reply = 'silence';
  t.match(await mailer.send(mailMessage()), { outcome: 'unknown' });
});

t.test('a mail that broke off in the middle was not handed over', async (t) => {
  const { server, mailer } = await opened(t);
  server.hangUpAfterBytes = 100_000;
  const html = `<p>${'long '.repeat(4_000_000)}</p>`;
  t.match(await mailer.send(mailMessage({ html })), { outcome: 'failed', permanent: false });
});

t.test('smtps and STARTTLS: encrypted; a certificate that nobody vouches for is refused unless the URL says otherwise', async (t) => {
  const certificate = selfSigned(t);
  for (const secure of [true, false]) {
    const scheme = secure ? 'smtps' : 'smtp';
    let encrypted = false;
    const options: SMTPServerOptions = {
      ...certificate,
      secure,
      authOptional: false,
      onMailFrom: (_address, session, done) => {
        encrypted = session.secure;
        done();
      },
    };
    const trusting = await opened(t, options, (port) => `${scheme}://registrar:p%40ss@127.0.0.1:${port}?tls.rejectUnauthorized=false`);
    t.same(await trusting.mailer.send(mailMessage()), { outcome: 'sent' });
    t.equal(encrypted, true);
    await t.resolves(trusting.mailer.check());
    const careful = await opened(t, options, (port) => `${scheme}://registrar:p%40ss@127.0.0.1:${port}`);
    t.match(await careful.mailer.send(mailMessage()), { outcome: 'failed', permanent: false, reason: /self-signed/ });
    await t.rejects(careful.mailer.check(), { message: /self-signed/ });
  }
});

t.test('credentials never go over a plain line, and wrong ones are not the mail’s fault', async (t) => {
  const plain = await opened(t, { allowInsecureAuth: true }, (port) => `smtp://registrar:p%40ss@127.0.0.1:${port}`);
  t.match(await plain.mailer.send(mailMessage()), { outcome: 'failed', permanent: false });
  t.equal(plain.server.arrived.length, 0);
  const wrong = await opened(t, { ...selfSigned(t), secure: true }, (port) => `smtps://registrar:wrong@127.0.0.1:${port}?tls.rejectUnauthorized=false`);
  t.match(await wrong.mailer.send(mailMessage()), { outcome: 'failed', permanent: false, reason: /535/ });
});
