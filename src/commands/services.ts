import type { Clock } from '../ports/clock.js';
import type { KeyStore } from '../ports/key-store.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { CommandHandler } from './write-path/command-handler.js';

/** What use cases are handed: `export const addToCart = (services: CommandServices) => async (input, context) => Outcome`. */
export interface CommandServices {
  readonly handler: CommandHandler;
  readonly clock: Clock;
  readonly keys: KeyStore;
  readonly passwords: PasswordHasher;
  readonly settings: CommandSettings;
}

export interface CommandSettings {
  /** The currency of list prices, where a surface documents none. ISO 4217. */
  readonly currency: string;
  /** How long a card or wallet payment holds coupon and seats. */
  readonly paymentTimeoutMs: number;
  /** How long a cash payment waits for the money. */
  readonly cashPaymentTimeoutMs: number;
  /** Production: signing up as admin needs an admin's token. */
  readonly openAdminSignUp: boolean;
}
