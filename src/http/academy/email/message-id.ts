import { mailDomainOf } from '../../../primitives/mail-domain.js';

/** `<uuid@domain>`, as the header of the mail has it. */
export const messageIdOf = (mailId: string, from: string): string => `<${mailId}@${mailDomainOf(from)}>`;

const MESSAGE_ID = /^<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([^<>@\s]{1,255})>?$/i;

/** The mail's id; undefined: no mail of ours has this one. */
export const mailIdIn = (messageId: string, from: string): string | undefined => {
  const [, mailId, domain = ''] = MESSAGE_ID.exec(messageId.trim()) ?? [];
  return domain.toLowerCase() === mailDomainOf(from).toLowerCase() ? mailId?.toLowerCase() : undefined;
};
