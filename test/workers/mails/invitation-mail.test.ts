import t from 'tap';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { Mailer, MailMessage, MailOutcome } from '../../../src/ports/mailer.js';
import { invitationMail } from '../../../src/workers/mails/templates/invitation-mail.js';
import { live, makeLog, until, type Log } from './email-fixture.js';

class KeptMails implements Mailer {
  readonly given: MailMessage[] = [];

  async send(message: MailMessage): Promise<MailOutcome> {
    this.given.push(message);
    return { outcome: 'sent' };
  }
  async check(): Promise<void> {}
  async close(): Promise<void> {}
}

const at = '2026-03-01T12:00:00.000Z';
const organizationId = 'school';
const pair = { organizationId, userId: 'ann' };
const placement = { levelId: null, termId: null };
const founded = (name: string): DomainEvent => ({ type: 'OrganizationCreated', data: { organizationId, name, description: null, founderId: 'bob', createdAt: at } });
const invited: DomainEvent = { type: 'MemberInvited', data: { ...pair, ...placement, roleId: 'student', invitedBy: 'bob', invitedAt: at } };
const joined: DomainEvent = { type: 'MemberJoined', data: { ...pair, ...placement, roleId: 'student', joinedAt: at } };

const sentBy = async (log: Log, type: DomainEvent['type']): Promise<readonly MailMessage[]> => {
  const mailer = new KeptMails();
  const life = live(log, mailer);
  await until(log, type);
  await life.stop();
  return mailer.given.filter(({ subject }) => subject.includes('invited'));
};

t.test('an invited account is told', async (t) => {
  const log = await makeLog();
  await log.record('organization-school', founded('School of Music'));
  await log.record('membership-school.ann', invited);
  const mails = await sentBy(log, 'MailSent');
  t.match(mails, [{ to: { address: 'ann@example.com' }, subject: 'You were invited to School of Music', text: /School of Music/ }]);
  t.equal(mails.length, 1);
});

t.test('no mail is sent for an invitation that was answered, nor to an address that nobody proved', async (t) => {
  const answered = await makeLog();
  await answered.record('organization-school', founded('School'));
  await answered.record('membership-school.ann', invited, joined);
  t.same(await sentBy(answered, 'MailWithdrawn'), []);

  const unproved = await makeLog({ verified: false });
  await unproved.record('organization-school', founded('School'));
  await unproved.record('membership-school.ann', invited);
  t.same(await sentBy(unproved, 'MailWithdrawn'), []);
});

t.test('a name that strangers chose leads nowhere', async (t) => {
  for (const organization of ['Free money http://evil.example', 'www.evil.example', 'evil.example', 'write to me@evil.example']) {
    const { subject, text, html } = invitationMail({ name: 'Ann', organization });
    t.equal(subject, 'You were invited to an organization');
    t.notMatch(`${text}${html}`, /evil/);
  }
  const { subject, html } = invitationMail({ name: 'Ann', organization: 'Knots <b>& more</b> =?utf-8?B?SGFja2Vk?=' });
  t.equal(subject, 'You were invited to Knots <b>& more</b> = ?utf-8?B?SGFja2Vk?=');
  t.match(html, 'Knots &lt;b&gt;&amp; more&lt;/b&gt;');
});
