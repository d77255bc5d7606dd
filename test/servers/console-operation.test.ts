import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import t from 'tap';
import { aggregates } from '../../src/domain/aggregates.js';
import type { MailCommand } from '../../src/domain/mail/decider.js';
import type { DeadLetter } from '../../src/ports/event-bus.js';
import { createTestApp } from '../fixtures/test-app.js';
import { projectRoot } from '../project-root.js';
import { buildConsole } from './console/console-program.js';
import { axeFindings, ConsoleVisitor, launchChromium, overflowOf, type Looks } from './console/visitor.js';

t.setTimeout(600_000);
await buildConsole();

let letters: readonly DeadLetter[] = [
  { id: 'mail-requests.e1', consumer: 'mail-requests', eventId: 'e1', stream: 'payment-1', type: 'PaymentCaptured', reason: 'no such account', attempts: 8, failedAt: '2026-03-01T10:00:00.000Z' },
];
let isAway = false;

const test = await createTestApp({
  surfaces: ['marketplace', 'audit'],
  config: { consoleFolder: join(projectRoot, 'build/src/console') },
  health: async () => ({ parts: { eventStore: { status: 'up' }, mailer: { status: 'degraded', detail: 'slow' } }, projections: [], unavailable: [], workers: [], deadLetters: { events: 1 } }),
  services: (services) => ({
    ...services,
    operating: {
      ...services.operating,
      deadLetters: async () => {
        if (isAway) throw new Error("NATS can't be reached");
        return letters;
      },
      replayDeadLetter: async (id) => {
        letters = letters.filter((letter) => letter.id !== id);
        return true;
      },
      workers: async () => [
        { worker: 'invoice-worker', checkpoint: 12n, behind: 0n, secondsBehind: 0, lastFailure: null },
        { worker: 'mail-sender', checkpoint: null, behind: null, secondsBehind: 3, lastFailure: { at: '2026-03-01T11:00:00.000Z', message: 'mail server refused', retryAt: '2026-03-01T12:00:00.000Z' } },
      ],
    },
  }),
});
t.teardown(test.close);

const admin = await test.signUp('admin');
const student = await test.signUp('student');
const mailId = randomUUID();
const at = test.clock.now().toISOString();
const commands: readonly MailCommand[] = [
  { type: 'RequestMail', data: { mailId, accountId: student.id, template: 'payment-receipt', references: { paymentId: 'p1' }, sourceEventId: 'e1', at } },
  { type: 'AttemptMail', data: { mailId, at, aloneSince: null } },
  { type: 'RecordMailOutcomeUnknown', data: { mailId, attempt: 1, reason: 'the line broke', at } },
];
for (const command of commands) {
  const commandId = randomUUID();
  await test.services.commands.handler.handle(aggregates.mail, mailId, command, { commandId, actorId: null, correlationId: commandId, causationId: commandId });
}
await test.caughtUp();
const url = await test.app.listen({ host: '127.0.0.1', port: 0 });
const browser: Browser = await launchChromium(t);

const come = async (path: string, looks: Looks = {}): Promise<ConsoleVisitor> => {
  const visitor = await ConsoleVisitor.come(browser, url, looks);
  await visitor.openAs(admin.email, path);
  return visitor;
};

t.test('issue 16.2: Operation shows health, read models, workers, dead letters and mails, and does what it is told', async (t) => {
  const visitor = await come('/operation');
  const { page } = visitor;
  await page.getByRole('heading', { level: 1, name: 'Operation' }).waitFor();
  await page.getByText('mailer slow').waitFor();
  await page.getByRole('cell', { name: /mail server refused/ }).waitFor();

  await page.getByRole('button', { name: 'Rebuild courses', exact: true }).click();
  await page.getByText('courses: asked for').waitFor();
  await page.getByRole('row', { name: /^courses v/ }).getByText('last: done').waitFor();

  await page.getByRole('button', { name: /^Replay/ }).click();
  await page.getByText('No worker gave up on an event.').waitFor();

  await page.getByRole('button', { name: /^Was sent/ }).click();
  await page.getByText('No mail waits for a person.').waitFor();
  t.match((await test.events(`mail-${mailId}`)).at(-1), { type: 'MailSettled', data: { settledBy: admin.id } });

  await page.getByLabel('Outcome').selectOption('given-up');
  await page.waitForURL(/outcome=given-up/);
  t.same(visitor.complaints, []);

  isAway = true;
  await page.reload();
  await page.getByText(/can't reach the bus now/).waitFor();
  await page.getByRole('heading', { level: 2, name: 'Workers' }).waitFor();
  isAway = false;
  await page.getByText('No worker gave up on an event.').waitFor();
  await visitor.leave();
});

t.test('issue 16.2: a stream is read in pages, raw and decoded, and two of its revisions side by side, each by its address', async (t) => {
  const visitor = await come('/streams');
  const { page } = visitor;
  await page.getByLabel('Name of the stream').fill(`mail-${mailId}`);
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('heading', { level: 1, name: `Stream mail-${mailId}` }).waitFor();
  await page.getByRole('cell', { name: 'MailOutcomeUnknown' }).waitFor();
  await page.getByLabel('As it is kept').check();
  await page.getByText('"occurredAt"').first().waitFor();
  await page.getByRole('button', { name: 'left side: revision 0' }).click();
  await page.getByRole('button', { name: 'right side: revision 2' }).click();
  await page.getByText(/\d+ fields differ/).waitFor();
  t.match(page.url(), /raw=true.*left=0.*right=2/);
  await page.reload();
  await page.getByRole('cell', { name: '"unknown"' }).waitFor();
  await page.goBack();
  await page.getByText(/fields differ/).waitFor({ state: 'detached' });
  await visitor.open('/streams/payment-none');
  await page.getByRole('alert').filter({ hasText: /no such stream/ }).waitFor();
  t.same(visitor.complaints, []);
  await visitor.leave();
});

for (const colorScheme of ['light', 'dark'] as const) {
  t.test(`issue 16.2: both views are sound for screen readers and fit 360 px, ${colorScheme}`, async (t) => {
    const visitor = await come('/operation', { colorScheme, viewport: { width: 360, height: 740 } });
    for (const [path, shown] of [['/operation', 'invoice-worker'], [`/streams/mail-${mailId}?left=0&right=2`, 'MailRequested']] as const) {
      await visitor.open(path);
      await visitor.page.getByText(shown).first().waitFor();
      await visitor.settled();
      t.same(await axeFindings(visitor.page), [], path);
      t.equal(await overflowOf(visitor.page), 0, path);
    }
    await visitor.leave();
  });
}
