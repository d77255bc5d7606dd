import type { PackageType } from '../domain/package-catalog/events.js';
import type { Clock } from '../ports/clock.js';
import type { KeyStore } from '../ports/key-store.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { TriesInProcess } from './accounts/tries-in-process.js';
import type { DeferredWork } from './deferred-work.js';
import type { CommandHandler } from './write-path/command-handler.js';

/** Use cases are functions of these: `addToCart(services)(input, context)` answers an Outcome. */
export interface CommandServices {
  readonly handler: CommandHandler;
  readonly clock: Clock;
  readonly keys: KeyStore;
  readonly passwords: PasswordHasher;
  /** Null: tries of passwords are not limited. */
  readonly tries: TriesInProcess | null;
  /** What depends on the account of an address that anybody may name is done after the answer. */
  readonly deferred: DeferredWork;
  readonly settings: CommandSettings;
}

export interface CommandSettings {
  /** The currency of list prices where a surface documents none. ISO 4217. */
  readonly currency: string;
  /** There is a payment provider, or the sandbox: cards and wallets can be charged. */
  readonly takesCards: boolean;
  readonly paymentTimeoutMs: number;
  readonly cashPaymentTimeoutMs: number;
  /** Not in production, where signing up as admin needs an admin's token. */
  readonly openAdminSignUp: boolean;
  /** Each admin is asked for a code from a mail beside the password, on every surface. */
  readonly adminSecondFactor: boolean;
  readonly academy: AcademySettings;
}

/** What the academy sells and for how much, beside its packages. */
export interface AcademySettings {
  /** Of each course: those for its level, and those for bundles apart from them. */
  readonly seats: Readonly<Record<PackageType, number>>;
  /** What each participant of a group payment pays, in rupiah. */
  readonly groupPrice: number;
  /** Links in mails lead there. Without a slash at the end. */
  readonly url: string;
}
