import type { MailBudgetRejection } from '../../domain/mail-budget/decider.js';
import type { MailRejection } from '../../domain/mail/decider.js';
import type { Answer } from './answer.js';

export const mailRefusals = {
  'mail-not-requested': ['not-found', 'The mail does not exist.'],
  'mail-not-due': ['conflict', 'The mail is not due yet.'],
  'mail-already-sent': ['conflict', 'The mail was already sent.'],
  'mail-abandoned': ['conflict', 'The mail was abandoned after too many attempts.'],
  'mail-outcome-unknown': ['conflict', 'The outcome of sending the mail is unknown.'],
  'mail-withdrawn': ['conflict', 'The mail is no longer needed.'],
  'mail-not-given-up': ['conflict', 'The mail is still being sent.'],
  'mail-budget-spent': ['too-many', 'The account has had too many mails.'],
} satisfies Record<MailRejection | MailBudgetRejection, Answer>;
