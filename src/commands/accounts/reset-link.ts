import { timingSafeEqual } from 'node:crypto';
import type { KeyStore } from '../../ports/key-store.js';

/** What the link of a mail that resets a password stands for. */
export interface NamedLink {
  readonly accountId: string;
  readonly otpId: string;
}

const signatureOf = (keys: Pick<KeyStore, 'sign'>, { accountId, otpId }: NamedLink): string =>
  keys.sign('one-time-code', `reset-link/${accountId}.${otpId}`).toString('base64url');

/** Stands in the link of a mail. Nothing keeps it: it is derived again for each attempt at the mail. */
export const printResetToken = (keys: Pick<KeyStore, 'sign'>, link: NamedLink): string => `${link.accountId}.${link.otpId}.${signatureOf(keys, link)}`;

const FORM = /^([0-9a-f-]{36})\.([0-9a-f-]{36})\.([\w-]{43})$/;

export const readResetToken = (keys: Pick<KeyStore, 'sign'>, text: string): NamedLink | undefined => {
  const [, accountId, otpId, signature] = FORM.exec(text) ?? [];
  if (accountId === undefined || otpId === undefined || signature === undefined) return undefined;
  const named = { accountId, otpId };
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(keys, named))) ? named : undefined;
};
