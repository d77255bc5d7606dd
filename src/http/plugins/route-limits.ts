import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { normaliseEmail } from '../../domain/account/email.js';
import type { HttpServices } from '../http-services.js';
import { callerNetwork } from '../shared/caller-network.js';
import { isMiss } from '../shared/guesses.js';
import { tooManyRequests } from './rate-limits.js';
import type { CacheShare } from '../../primitives/cache-budget.js';
import { WindowCounter, type Limit } from './window-counter.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * True: the request holds credentials or has a code sent. 120 a minute are allowed for each client address, ten of them for
     * each email, and no answer is recorded under an Idempotency-Key.
     */
    credentials?: boolean;
    /** Limits per account: the caller's, else the body's email, else the client address. Services are exempt. */
    limits?: {
      /** Limits that the route shares with all others that name them. Of the caller's account, else the client network. */
      readonly areas?: readonly AreaLimit[];
      readonly requestsPerAccount?: Limit;
      /** Of the client network, whatever accounts it has. */
      readonly requestsPerNetwork?: Limit;
      /** Counts answers of status 4xx only. Requests under way count until they are answered, so that guesses side by side do too. */
      readonly failuresPerAccount?: Limit;
      /**
       * The requests that name something which can be guessed, a discount code: 10 misses a minute are allowed for each account, 30
       * for each client network, over all such routes.
       */
      readonly guesses?: (request: FastifyRequest) => boolean;
    };
  }
}

export interface AreaLimit extends Limit {
  /** The routes that name it count together. */
  readonly name: string;
  /** Failures: answers of status 4xx only. */
  readonly counts: 'all' | 'failures';
}

const CREDENTIAL_REQUESTS_PER_MINUTE = 120;
const TRIES_PER_EMAIL = { max: 10, windowMs: 60_000 };
const MISSES_PER_ACCOUNT = { max: 10, windowMs: 60_000 };
const MISSES_PER_NETWORK = { max: 30, windowMs: 60_000 };

const emailIn = ({ body }: FastifyRequest): string =>
  typeof body === 'object' && body !== null && 'email' in body && typeof body.email === 'string' ? normaliseEmail(body.email) : '';

/** Null: not limited. The client address is part of the key, so that others can't lock an account out. */
const emailAtAddress = (request: FastifyRequest): string | null => {
  const email = emailIn(request);
  if (email !== '') return `${callerNetwork(request.ip)} ${email}`;
  // A route with a field for the current password.
  return request.account === null ? null : `${callerNetwork(request.ip)} account ${request.account.accountId}`;
};

const accountKey = (request: FastifyRequest): string | null => {
  if (request.isService) return null;
  if (request.account !== null) return `account ${request.account.accountId}`;
  const email = emailIn(request);
  return email === '' ? `address ${callerNetwork(request.ip)}` : `email ${email}`;
};

const isFailure = (_: FastifyRequest, { statusCode }: FastifyReply): boolean => statusCode >= 400 && statusCode < 500;

const isGuess = (request: FastifyRequest): boolean => request.routeOptions.config.limits?.guesses?.(request) === true;

const guessesOf =
  (keyOf: (request: FastifyRequest) => string | null) =>
  (request: FastifyRequest): string | null =>
    isGuess(request) ? keyOf(request) : null;

const networkKey = (request: FastifyRequest): string | null => (request.isService ? null : callerNetwork(request.ip));

class RouteLimit {
  readonly #counter: WindowCounter;
  readonly #taken = new WeakMap<FastifyRequest, string>();

  constructor(
    limit: Limit,
    cache: CacheShare,
    readonly keyOf: (request: FastifyRequest) => string | null,
    /** Absent: all requests count. */
    readonly counts?: (request: FastifyRequest, reply: FastifyReply) => boolean,
  ) {
    this.#counter = new WindowCounter(limit, cache);
  }

  take(request: FastifyRequest, now: Date): void {
    const key = this.keyOf(request);
    if (key === null) return;
    const waitMs = this.#counter.take(key, now);
    if (waitMs > 0) throw tooManyRequests(waitMs);
    if (this.counts !== undefined) this.#taken.set(request, key);
  }

  answered(request: FastifyRequest, reply: FastifyReply): void {
    const key = this.#taken.get(request);
    if (key !== undefined && this.counts?.(request, reply) === false) this.#counter.giveBack(key);
  }
}

/** Shared by all routes: who is refused at one has no more tries at the next. */
const guessLimits = (cache: CacheShare): readonly RouteLimit[] => [
  new RouteLimit(MISSES_PER_ACCOUNT, cache, guessesOf(accountKey), isMiss),
  new RouteLimit(MISSES_PER_NETWORK, cache, guessesOf(networkKey), isMiss),
];

const callerKey = (request: FastifyRequest): string | null => {
  if (request.isService) return null;
  return request.account === null ? `address ${callerNetwork(request.ip)}` : `account ${request.account.accountId}`;
};

/** Limits by the name of their area, made with the first route that names them. */
const areaLimits = (cache: CacheShare) => {
  const known = new Map<string, RouteLimit>();
  return (area: AreaLimit): RouteLimit => {
    const limit = known.get(area.name) ?? new RouteLimit(area, cache, callerKey, area.counts === 'failures' ? isFailure : undefined);
    known.set(area.name, limit);
    return limit;
  };
};

interface SharedLimits {
  readonly guesses: readonly RouteLimit[];
  readonly ofArea: (area: AreaLimit) => RouteLimit;
}

const limitsOf = (
  { credentials, limits = {} }: NonNullable<RouteOptions['config']>,
  cache: CacheShare,
  { guesses, ofArea }: SharedLimits,
): readonly RouteLimit[] => {
  const { areas = [], requestsPerAccount, requestsPerNetwork, failuresPerAccount } = limits;
  return [
    ...areas.map(ofArea),
    ...(credentials === true ? [new RouteLimit(TRIES_PER_EMAIL, cache, emailAtAddress)] : []),
    ...(requestsPerAccount === undefined ? [] : [new RouteLimit(requestsPerAccount, cache, accountKey)]),
    ...(requestsPerNetwork === undefined ? [] : [new RouteLimit(requestsPerNetwork, cache, networkKey)]),
    ...(failuresPerAccount === undefined ? [] : [new RouteLimit(failuresPerAccount, cache, accountKey, isFailure)]),
    ...(limits.guesses === undefined ? [] : guesses),
  ];
};

/** Applies `config.credentials` and `config.limits`. Register before useRateLimits, whose settings it makes. */
export const useRouteLimits = (app: FastifyInstance, { config, caches, commands: { clock } }: HttpServices): void => {
  const cache = caches.share('counters');
  const common = { guesses: guessLimits(cache), ofArea: areaLimits(cache) };
  const ofGets = new Map<string, readonly RouteLimit[]>();
  app.addHook('onRoute', (route) => {
    if (route.config?.credentials === true) {
      route.config = { idempotent: false, rateLimit: { max: CREDENTIAL_REQUESTS_PER_MINUTE }, ...route.config };
    }
    // HEAD tells as much as GET, by the length: they count together.
    const shared = route.method === 'HEAD' ? ofGets.get(route.url) : undefined;
    const limits = shared ?? (config.rateLimit ? limitsOf(route.config ?? {}, cache, common) : []);
    if (limits.length === 0) return;
    if (route.method === 'GET') ofGets.set(route.url, limits);
    // Comes last: a route may read its form, which holds the email, before validation.
    route.preValidation = [
      ...[route.preValidation ?? []].flat(),
      async (request) => {
        for (const limit of limits) limit.take(request, clock.now());
      },
    ];
    if (!limits.some(({ counts }) => counts !== undefined)) return;
    route.onResponse = [
      ...[route.onResponse ?? []].flat(),
      async (request, reply) => {
        for (const limit of limits) limit.answered(request, reply);
      },
    ];
  });
};
