import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { LONGEST_HTML, LONGEST_SUBJECT } from '../../../domain/mail-template/template.js';
import { Email } from '../../shared/credential-schemas.js';
import { FilledLine, FilledText } from '../../shared/text-schemas.js';
import { Uuid } from '../fields.js';

const Name = FilledLine({ maxLength: 200 });
/** Already in words: 11 Mei 2025, Rp 250.000,00 */
const Worded = FilledLine({ maxLength: 100 });

const common = { email: Email, username: Name, courseName: FilledLine({ maxLength: 1_000 }), date: Worded };

export const PaymentLetter = Type.Object({ ...common, amount: Worded, transactionId: Uuid });

export const EnrollmentLetter = Type.Object({
  ...common,
  packageName: Name,
  price: Type.Number({ minimum: 0, maximum: 1_000_000_000_000, description: 'Rupiah' }),
  paymentId: Uuid,
});

export const Sent = Type.Object({ messageId: Type.String() });

export const Template = Type.Object({ id: Type.String(), name: Type.String(), subject: Type.String(), variables: Type.Array(Type.String()) });

export const Words = Type.Object({
  subject: FilledLine({ maxLength: LONGEST_SUBJECT }),
  htmlContent: FilledText({ maxLength: LONGEST_HTML, description: 'HTML with {{variables}} in text, alt and title. Without scripts, forms and what styles load.' }),
});

export const Preview = Type.Object({ subject: Type.String(), html: Type.String() });

export const ChangedTemplate = Type.Object({ id: Type.String(), name: Type.String(), subject: Type.String(), preview: Preview });

export const TemplateChange = Type.Object({ subject: Type.String(), htmlContent: Type.String(), changedBy: Type.String(), changedAt: Type.String() });

const Page = Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 }));

/** Few at a time: each has a whole mail in it. */
export const HistoryQuery = Type.Object({
  page: Page,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 10, description: 'The header X-Total-Count says how many there are' })),
});

export const Status = Type.Object({
  messageId: Type.String(),
  status: Type.Enum(['queued', 'delivered', 'failed', 'unknown', 'cancelled'], {
    description: 'delivered: the mail server took it. unknown: its answer was lost. cancelled: nobody needs the mail any more.',
  }),
  sentAt: Nullable(Type.String({ description: 'When it was last handed over to the mail server' })),
  deliveredAt: Nullable(Type.String()),
});

export const Health = Type.Object({ uptime: Type.String(), queueStatus: Type.Enum(['operational', 'degraded']), version: Type.String() });
