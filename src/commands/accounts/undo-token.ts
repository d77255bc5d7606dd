import { timingSafeEqual } from 'node:crypto';
import type { KeyStore } from '../../ports/key-store.js';

export interface NamedChange {
  readonly accountId: string;
  readonly changeId: string;
}

const signatureOf = (keys: Pick<KeyStore, 'sign'>, { accountId, changeId }: NamedChange): string =>
  keys.sign('undo', `${accountId}.${changeId}`).toString('base64url');

/** Stands in the link of a notice. Nothing keeps it: it is derived again for each attempt at the mail. */
export const printUndoToken = (keys: Pick<KeyStore, 'sign'>, change: NamedChange): string =>
  `${change.accountId}.${change.changeId}.${signatureOf(keys, change)}`;

const FORM = /^([0-9a-f-]{36})\.([0-9a-f-]{36})\.([\w-]{43})$/;

export const readUndoToken = (keys: Pick<KeyStore, 'sign'>, text: string): NamedChange | undefined => {
  const [, accountId, changeId, signature] = FORM.exec(text) ?? [];
  if (accountId === undefined || changeId === undefined || signature === undefined) return undefined;
  const named = { accountId, changeId };
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(keys, named))) ? named : undefined;
};
