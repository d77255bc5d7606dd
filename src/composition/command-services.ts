import { BcryptPasswordHasher } from '../adapters/bcrypt/password-hasher.js';
import { DerivedKeyStore } from '../adapters/embedded/key-store.js';
import { CommandHandler } from '../commands/write-path/command-handler.js';
import type { CommandServices } from '../commands/services.js';
import type { Config } from '../config.js';
import { EventCodec } from '../domain/event-codec.js';
import { limitedPasswordHasher } from './limited-password-hasher.js';
import type { Adapters } from './adapters.js';

/** Half of the threads that Node has for such work. */
const PASSWORDS_AT_A_TIME = 2;

export const createCommandServices = (config: Config, { store, clock }: Adapters): CommandServices => ({
  handler: new CommandHandler({ store, codec: new EventCodec(), clock }),
  clock,
  keys: new DerivedKeyStore(config.jwtSecret),
  passwords: limitedPasswordHasher(new BcryptPasswordHasher({ cost: config.bcryptCost }), PASSWORDS_AT_A_TIME),
  settings: {
    currency: config.currency,
    paymentTimeoutMs: config.paymentTimeoutMs,
    cashPaymentTimeoutMs: config.cashPaymentTimeoutMs,
    openAdminSignUp: !config.production,
    adminSecondFactor: config.adminSecondFactor,
  },
});
