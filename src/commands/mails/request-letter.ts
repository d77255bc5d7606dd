import { aggregates } from '../../domain/aggregates.js';
import type { MailRejection } from '../../domain/mail/decider.js';
import type { MailTemplateId } from '../../domain/mail-template/events.js';
import type { TemplateValues } from '../../domain/mail-template/kinds.js';
import { canonicalJson } from '../../primitives/canonical-json.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { emailIdOf, findAccountByEmail, nobodysId } from '../accounts/identifiers/find-account.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface RequestLetterInput {
  readonly templateId: MailTemplateId;
  readonly address: string;
  readonly paymentId: string;
  readonly values: TemplateValues;
}

const LETTERS = '7d1f3b52-3c0e-5b8e-8a39-7b0f5a4c2d61';

const MAILS = {
  'payment-confirmation': 'package-payment-confirmation',
  'enrollment-confirmation': 'package-enrollment-confirmation',
} as const satisfies Record<MailTemplateId, string>;

/**
 * Requests a mail to an address that another service names. The same words to the same address about the same payment are one mail,
 * however often they are asked for. Gives the mail's id.
 */
export const requestLetter =
  (services: CommandServices) =>
  async (input: RequestLetterInput, context: CommandContext): Promise<Outcome<{ mailId: string }, MailRejection>> => {
    const { templateId, address, paymentId, values } = input;
    const emailId = emailIdOf(address);
    const mailId = uuidV5(canonicalJson({ templateId, emailId, paymentId, values }), LETTERS);
    const found = await findAccountByEmail(services, address);
    const data = {
      mailId,
      accountId: found?.account.accountId ?? nobodysId(emailId),
      template: MAILS[templateId],
      references: { paymentId },
      sourceEventId: context.commandId,
      letter: { address, values },
      at: services.clock.now().toISOString(),
    };
    return done(await services.handler.handle(aggregates.mail, mailId, { type: 'RequestMail', data }, context), { mailId });
  };
