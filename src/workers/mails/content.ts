import type { CommandServices } from '../../commands/services.js';
import type { Mail } from '../../domain/mail/decider.js';
import type { MailMessage } from '../../ports/mailer.js';
import type { RenderedMail } from './templates/template.js';
import { inHeader, shownName } from './templates/typed-text.js';

export type RequestedMail = Exclude<Mail, { status: 'none' }>;

export interface MailContentServices extends Pick<CommandServices, 'handler' | 'clock' | 'keys'> {
  /** Links in mails lead there. */
  readonly publicUrl: string;
  /** Those of the academy's mails. */
  readonly academyUrl: string;
  /** When the next class of each course begins, for people to read; undefined where none is known. */
  readonly classStarts: (courseIds: readonly string[]) => Promise<readonly (string | undefined)[]>;
}

/** The log lacks a fact that the mail can't be written without. */
export class FactMissing extends Error {
  override readonly name = 'FactMissing';
}

/** The text for a person, or the reason for sending none. */
export type MailContent =
  | Readonly<{ needed: true; to: MailMessage['to']; rendered: RenderedMail }>
  | Readonly<{ needed: false; reason: string }>;

export const recipient = (name: string, address: string): MailMessage['to'] => ({ name: inHeader(shownName(name)), address });

export const notNeeded = (reason: string): MailContent => ({ needed: false, reason });

/** Before its first address is verified an account gets codes that were asked for, and receipts for money. */
export const notProved = notNeeded('the address was never verified');

export const reference = ({ references, template }: RequestedMail, name: string): string => {
  const value = references[name];
  if (value === undefined) throw new FactMissing(`a ${template} needs ${name}`);
  return value;
};
