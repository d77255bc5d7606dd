import type { Account } from '../../domain/account/decider.js';
import { aggregates } from '../../domain/aggregates.js';
import type { Letter } from '../../domain/mail/decider.js';
import { usableTemplate } from '../../domain/mail-template/decider.js';
import type { MailTemplateId } from '../../domain/mail-template/events.js';
import type { TemplateValues } from '../../domain/mail-template/kinds.js';
import { fillTemplate, type Afterword } from '../../domain/mail-template/template.js';
import { indonesianDate } from '../../primitives/western-indonesia-time.js';
import { rupiah } from '../../primitives/rupiah.js';
import { notNeeded, recipient, reference, type MailContent, type MailContentServices, type RequestedMail } from './content.js';
import { shareOf, submittedPayment, type SubmittedPayment } from './package-payment.js';
import type { RenderedMail } from './templates/template.js';
import { inHeader, shownName } from './templates/typed-text.js';

const TEMPLATES = {
  'package-payment-confirmation': 'payment-confirmation',
  'package-enrollment-confirmation': 'enrollment-confirmation',
} as const satisfies Record<string, MailTemplateId>;

export type PackageMail = keyof typeof TEMPLATES;

export const isPackageMail = (template: string): template is PackageMail => Object.hasOwn(TEMPLATES, template);

/** Of whom the name is none that a mail shows. */
const ANYBODY = 'Peserta';

const nameIn = (name: string): string => {
  const shown = shownName(name);
  return shown === '' ? ANYBODY : shown;
};

/** In the words of the admins, as they are now. */
const inWords = async (
  { handler }: Pick<MailContentServices, 'handler'>,
  templateId: MailTemplateId,
  { username = '', ...values }: TemplateValues,
  afterword?: Afterword,
): Promise<RenderedMail> => {
  const { state } = await handler.load(aggregates.mailTemplate, templateId);
  const filled = fillTemplate(usableTemplate(templateId, state), { ...values, username: nameIn(username) }, afterword);
  return { ...filled, subject: inHeader(filled.subject) };
};

/** A mail that another service asked for. Its address may be that of no account. */
export const letterContent = async (
  services: MailContentServices,
  template: PackageMail,
  { address, values }: Letter,
  account: Account,
): Promise<MailContent> => {
  if (account.status === 'deleted') return notNeeded('the account was deleted');
  const rendered = await inWords(services, TEMPLATES[template], values);
  return { needed: true, to: recipient(values['username'] ?? '', address), rendered };
};

const scheduleOf = async ({ academyUrl, classStarts }: MailContentServices, courses: SubmittedPayment['courses']): Promise<Afterword> => {
  const starts = await classStarts(courses.map(({ courseId }) => courseId));
  const lines = courses.flatMap(({ title }, index) => {
    const start = starts[index];
    return start === undefined ? [] : [`Kelas ${title} dimulai ${start}.`];
  });
  return {
    lines: lines.length > 0 ? lines : ['Jadwal kelas akan kami umumkan di halaman belajar.'],
    link: { words: 'Buka halaman belajar', url: academyUrl },
  };
};

const inOneLine = new Intl.ListFormat('id', { type: 'conjunction' });

/** A mail that follows from a payment for a package: to whoever paid, or takes part in a group. */
export const packageContent = async (
  services: MailContentServices,
  mail: RequestedMail,
  template: PackageMail,
  { name, recoveryEmail }: Readonly<{ name: string; recoveryEmail: string }>,
): Promise<MailContent> => {
  const payment = await submittedPayment(services, reference(mail, 'payerId'), reference(mail, 'paymentId'));
  if (payment === undefined) return notNeeded('the payment was deleted');
  const { courses, amount } = shareOf(payment, mail.accountId);
  const common = { username: name, courseName: inOneLine.format(courses.map(({ title }) => title)), date: indonesianDate(reference(mail, 'at')) };
  const to = recipient(name, recoveryEmail);
  if (template === 'package-payment-confirmation') {
    const values = { ...common, amount: rupiah(amount), transactionId: payment.paymentId };
    return { needed: true, to, rendered: await inWords(services, TEMPLATES[template], values) };
  }
  const values = { ...common, packageName: payment.packageName, price: rupiah(amount) };
  return { needed: true, to, rendered: await inWords(services, TEMPLATES[template], values, await scheduleOf(services, courses)) };
};
