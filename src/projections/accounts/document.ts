import type { FullName, Phone, Role } from '../../domain/account/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** Of an account everything that may be shown to its person; never the hash of a password. */
export interface AccountDocument extends Document {
  readonly name: string;
  readonly fullName: FullName;
  readonly username: string | null;
  readonly phone: Phone | null;
  /** As it was typed. */
  readonly email: string;
  /** As it is compared. */
  readonly emailKey: string;
  readonly emailVerified: boolean;
  readonly role: Role | null;
  readonly imageUrl: string | null;
  /** The key of the picture in the file store. */
  readonly avatarFile: string | null;
  readonly provider: 'local' | 'google';
  readonly hasPassword: boolean;
  readonly twoFactor: boolean;
  readonly registeredAt: string;
  readonly updatedAt: string;
  /** Of the last event of the account that is in here. */
  readonly revision: number;
}

export const accounts = collection<AccountDocument>({
  projection: 'accounts',
  name: 'accounts',
  indexes: [{ emailKey: 1 }, { registeredAt: -1 }],
});
