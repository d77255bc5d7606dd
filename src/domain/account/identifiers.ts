import { normaliseEmail } from './email.js';
import type { ExternalIdentity, Phone } from './events.js';

/** No two accounts have one of these in common. */
export type IdentifierKind = 'email' | 'username' | 'phone' | 'identity' | 'nim';

/** The kinds that a person changes; an identity comes from its provider, and a student number stays. */
export type ChangeableKind = Exclude<IdentifierKind, 'identity' | 'nim'>;

export interface Identifiers {
  readonly email: string;
  readonly username: string | null;
  readonly phone: Phone | null;
  /** The account at another provider that it is linked to. */
  readonly identity: ExternalIdentity | null;
  /** The student number of a member. */
  readonly nim: string | null;
}

/** Which person of which provider: no two persons have the same. */
export const identityKey = ({ provider, subject }: ExternalIdentity): string => `${provider}/${subject}`;

const normaliseUsername = (username: string): string => username.trim().toLowerCase();

const normaliseStudentNumber = (nim: string): string => nim.trim().toUpperCase();

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

/** The number as it is dialled from abroad, wherever the country code was taken to end: +1 246 and +1246 are one. */
const normalisePhone = ({ countryCode, number }: Phone): string =>
  `+${digitsOf(countryCode).replace(/^0+/, '')}${digitsOf(number)}`;

/** The normalised form by which identifiers of this kind are compared; null where there is none. */
export const comparable = (kind: IdentifierKind, { email, username, phone, identity, nim }: Partial<Identifiers>): string | null => {
  switch (kind) {
    case 'email':
      return email === undefined ? null : normaliseEmail(email);
    case 'username':
      return username === undefined || username === null ? null : normaliseUsername(username);
    case 'phone':
      return phone === undefined || phone === null ? null : normalisePhone(phone);
    case 'identity':
      return identity === undefined || identity === null ? null : identityKey(identity);
    case 'nim':
      return nim === undefined || nim === null ? null : normaliseStudentNumber(nim);
  }
};
