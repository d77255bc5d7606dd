import PostalMime from 'postal-mime';
import nodemailer from 'nodemailer';
import t from 'tap';
import { enrollmentMail } from '../../../src/workers/mails/templates/enrollment-mail.js';
import { receiptMail } from '../../../src/workers/mails/templates/receipt-mail.js';
import { greetingOf, hasLink, inHeader, shownName } from '../../../src/workers/mails/templates/typed-text.js';

const receipt = { paidAt: 'now', method: 'card', lines: [], subtotal: '1', discount: null, couponCode: null, total: 'USD 1.00' };

t.test('issue 9.23: names and titles lead nowhere', async (t) => {
  for (const name of ['Free money http://evil.example', 'www.evil.example', 'evil.example', 'write to me@evil.example', 'evil.example/now']) {
    t.equal(shownName(name), '', name);
    t.equal(greetingOf(name), 'Hello,');
    for (const { text, html } of [enrollmentMail({ name, course: 'Sewing' }), receiptMail({ name, ...receipt })]) t.notMatch(`${text}${html}`, /evil/);
  }
  for (const name of ['Ada Lovelace', 'Đặng Thị Hoa', 'J. Doe', 'O’Neil-Šmíd']) t.equal(greetingOf(name), `Hello ${name},`);
  t.equal(enrollmentMail({ name: 'Ada', course: 'Node.js, from the start' }).subject, 'You are enrolled: Node.js, from the start');
  t.equal(enrollmentMail({ name: 'Ada', course: 'Win at https://evil.example' }).subject, 'You are enrolled');
  t.ok(hasLink('evil.example/x'));
});

t.test('issue 9.23: an encoded word in a title or a name is shown as it was typed', async (t) => {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
  const { subject, text } = enrollmentMail({ name: 'Ada', course: 'Sewing =?utf-8?B?SGFja2Vk?=' });
  const name = inHeader(shownName('=?utf-8?B?SGFja2Vk?='));
  const { message } = await transport.sendMail({ from: 'shop@example.org', to: { name, address: 'ada@example.org' }, subject, text });
  const read = await PostalMime.parse(message as Buffer);
  t.equal(read.subject, 'You are enrolled: Sewing = ?utf-8?B?SGFja2Vk?=');
  t.notMatch(JSON.stringify([read.subject, read.to]), /Hacked/);
});
