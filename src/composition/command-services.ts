import { BcryptPasswordHasher } from '../adapters/bcrypt/password-hasher.js';
import { DerivedKeyStore } from '../adapters/embedded/key-store.js';
import { TriesInProcess } from '../commands/accounts/tries-in-process.js';
import { DeferredWork } from '../commands/deferred-work.js';
import { CommandHandler } from '../commands/write-path/command-handler.js';
import type { CommandServices } from '../commands/services.js';
import type { Config } from '../config.js';
import { EventCodec } from '../domain/event-codec.js';
import { limitedPasswordHasher } from './limited-password-hasher.js';
import type { Adapters } from './adapters.js';
import type { Logger } from './logger.js';

/** Half of the threads that Node has for such work. */
const PASSWORDS_AT_A_TIME = 2;
/** A quarter of what one process can hash at a cost of 12. */
const PASSWORDS_OF_AN_ADDRESS = { max: 120, windowMs: 60_000 };

export const createCommandServices = (config: Config, { store, clock, caches, gateway }: Adapters, logger: Logger): CommandServices => ({
  handler: new CommandHandler({ store, codec: new EventCodec(), clock, cache: caches.share('streams') }),
  clock,
  keys: new DerivedKeyStore(config.jwtSecret),
  passwords: limitedPasswordHasher(new BcryptPasswordHasher({ cost: config.bcryptCost }), {
    atATime: PASSWORDS_AT_A_TIME,
    budget: config.rateLimit ? PASSWORDS_OF_AN_ADDRESS : null,
    clock,
    cache: caches.share('counters'),
  }),
  tries: config.rateLimit ? new TriesInProcess(caches.share('counters')) : null,
  deferred: new DeferredWork({ onFailure: (error) => logger.error({ err: error }, 'what was to be done after an answer failed: a code that was asked for is not mailed, or a wrong one not counted') }),
  settings: {
    currency: config.currency,
    takesCards: gateway !== null,
    paymentTimeoutMs: config.paymentTimeoutMs,
    cashPaymentTimeoutMs: config.cashPaymentTimeoutMs,
    openAdminSignUp: !config.production,
    adminSecondFactor: config.adminSecondFactor,
    academy: config.academy,
  },
});
