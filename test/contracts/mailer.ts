import t, { type Test } from 'tap';
import PostalMime, { type Email } from 'postal-mime';
import type { Mailer, MailMessage } from '../../src/ports/mailer.js';

export interface MailerUnderTest {
  readonly mailer: Mailer;
  /** The raw mails that arrived. */
  readonly received: () => Promise<readonly (Uint8Array | string)[]>;
}

export const mailMessage = (over: Partial<MailMessage> = {}): MailMessage => ({
  id: '0b8a4f5e-7d7c-5a53-9d3c-2f0f5a1a0001',
  to: { name: 'Zoë Ångström', address: 'zoe@example.com' },
  subject: 'Your receipt – thank you',
  text: 'Hello Zoë,\n\nThank you for your purchase.\n',
  html: '<p>Hello <b>Zoë</b>, thank you for your purchase.</p>',
  date: '2026-03-01T12:00:00.000Z',
  ...over,
});

export const mailerContract = (name: string, make: (t: Test) => Promise<MailerUnderTest>): void => {
  t.test(`${name} keeps the Mailer's contract`, async (t: Test) => {
    const parsed = async ({ received }: MailerUnderTest): Promise<readonly Email[]> =>
      Promise.all((await received()).map((raw) => PostalMime.parse(raw)));

    await t.test('a mail arrives whole: addresses, subject, date, text and html', async (t) => {
      const under = await make(t);
      t.same(await under.mailer.send(mailMessage()), { outcome: 'sent' });
      const [mail, ...others] = await parsed(under);
      t.equal(others.length, 0);
      t.match(mail?.to, [{ name: 'Zoë Ångström', address: 'zoe@example.com' }]);
      t.equal(mail?.subject, 'Your receipt – thank you');
      t.equal(new Date(mail?.date ?? '').toISOString(), '2026-03-01T12:00:00.000Z');
      t.equal(mail?.text?.trim(), mailMessage().text.trim());
      t.equal(mail?.html?.trim(), mailMessage().html);
      t.match(mail?.messageId, mailMessage().id);
    });

    await t.test('two mails are two mails', async (t) => {
      const under = await make(t);
      await under.mailer.send(mailMessage());
      await under.mailer.send(mailMessage({ id: '0b8a4f5e-7d7c-5a53-9d3c-2f0f5a1a0002', subject: 'Another' }));
      t.same((await parsed(under)).map(({ subject }) => subject).sort(), ['Another', 'Your receipt – thank you']);
    });

    await t.test('what a person typed can not add a header or a recipient', async (t) => {
      const under = await make(t);
      const to = { name: 'Eve\r\nBcc: victim@example.com', address: 'eve@example.com' };
      await under.mailer.send(mailMessage({ to, subject: 'Hello\r\nBcc: victim@example.com' }));
      const [mail] = await parsed(under);
      t.equal(mail?.bcc, undefined);
      t.equal(mail?.to?.length, 1);
    });

    await t.test('check passes while mails can be handed over', async (t) => {
      const { mailer } = await make(t);
      await t.resolves(mailer.check());
      await mailer.close();
    });
  });
};
