import type { AccountType, FullName, Phone, Role } from '../../domain/account/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** The fields of an account that its person may see; never the hash of a password. */
export interface AccountDocument extends Document {
  readonly name: string;
  readonly fullName: FullName;
  readonly username: string | null;
  readonly phone: Phone | null;
  readonly email: string;
  /** Normalised, for comparison. */
  readonly emailKey: string;
  readonly emailVerified: boolean;
  /** An address of it was verified once. */
  readonly activated: boolean;
  /** In use without an address that was verified: its picture stays. */
  readonly usedUnverified: boolean;
  /** Since when it has its picture without ever having been activated. */
  readonly unactivatedPictureSince: string | null;
  readonly role: Role | null;
  /** As it signed up; null: no surface asked. */
  readonly accountType: AccountType | null;
  /** The kind of student that it is: as it signed up, unless an admin made another of it. */
  readonly studentType: AccountType | null;
  /** The student number of a member. */
  readonly nim: string | null;
  readonly imageUrl: string | null;
  /** A key of the file store. */
  readonly avatarFile: string | null;
  readonly provider: 'local' | 'google';
  readonly hasPassword: boolean;
  readonly twoFactor: boolean;
  readonly registeredAt: string;
  readonly updatedAt: string;
}

export const accounts = collection<AccountDocument>({
  projection: 'accounts',
  name: 'accounts',
  indexes: [{ emailKey: 1 }, { registeredAt: -1 }, { unactivatedPictureSince: 1 }],
});
