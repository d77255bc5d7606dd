import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Account, type Book } from './account.js';
import { Faults, type Fate, type Fault, type Weather } from './faults.js';
import { parsedForm, textIn, type Form } from './form.js';
import { newId, Refusal, type Dispute } from './objects.js';
import { answerTo } from './routes.js';
import { TOKENS } from './tokens.js';
import { AT_ONCE, Webhooks, type Delivery, type DeliveryRules, type Endpoint } from './webhooks.js';

export const SECRET_KEY = 'sk_test_double';
export const WEBHOOK_SECRET = 'whsec_double';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly form: Form;
  /** The form, or the query, as it was sent. */
  readonly sent: string;
  readonly key: string | null;
  /** Null: the connection was cut. */
  readonly status: number | null;
  readonly replayed: boolean;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

interface Kept {
  readonly fingerprint: string;
  /** Undefined: the first call with the key is under way. */
  answer: Answer | undefined;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly form: Form;
  readonly sent: string;
  readonly key: string | null;
  readonly fingerprint: string;
}

const failureOf = (status: number, failure: object): Answer => ({ status, body: JSON.stringify({ error: failure }) });

const TYPES: Readonly<Record<number, string>> = { 400: 'invalid_request_error', 402: 'card_error', 404: 'invalid_request_error', 429: 'rate_limit_error' };
/** Stripe keeps what came of a call, and not that it made none. */
const NOT_KEPT = new Set([401, 403, 409, 429]);

const FOR_EVER = 3_600_000;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

/**
 * Stripe as the adapter sees it, on this machine: states, idempotency keys, webhooks. What it keeps outlives its listener, and the
 * death of its clients.
 */
export class StripeDouble {
  readonly calls: Call[] = [];
  readonly webhooks: Webhooks;
  readonly account: Account;
  readonly faults = new Faults();
  readonly #keys = new Map<string, Kept>();
  /** Tokens whose first answer for an intent is a fault of its own. */
  readonly #firsts = new Set<string>();
  #server: Server | undefined;
  #port = 0;

  constructor({ now = () => Date.now(), seed = 1 }: { readonly now?: () => number; readonly seed?: number } = {}) {
    this.webhooks = new Webhooks(now, seed);
    this.account = new Account(this.webhooks, now);
  }

  static async start(options?: ConstructorParameters<typeof StripeDouble>[0]): Promise<StripeDouble> {
    const double = new StripeDouble(options);
    await double.listen();
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** At the port of before, if it listened before. */
  async listen(port = this.#port): Promise<void> {
    const server = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    });
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    this.#port = address.port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  /** Everything that may be asked of the double from outside, by name: here and at POST /_control. */
  readonly control = {
    addEndpoint: (url: string, secret: string = WEBHOOK_SECRET): void => void this.webhooks.endpoints.push({ url, secret }),
    setEndpoints: (endpoints: readonly Endpoint[]): void => void this.webhooks.endpoints.splice(0, Number.POSITIVE_INFINITY, ...endpoints),
    setDelivery: (rules: Partial<DeliveryRules>): void => void (this.webhooks.rules = { ...AT_ONCE, ...rules }),
    deliver: (order?: 'as-made' | 'reversed', copies?: number): Promise<void> => this.webhooks.deliver(order, copies),
    loseHeld: (): void => this.webhooks.lose(),
    resend: (eventId: string): Promise<void> => this.webhooks.resend(eventId),
    quiet: (): Promise<void> => this.webhooks.quiet(),
    setWeather: (weather: Weather): void => void (this.faults.weather = weather),
    plan: (fault: Fault): number => this.faults.plan(fault),
    leftOf: (plan: number): number => this.faults.leftOf(plan),
    clearFaults: (): void => this.faults.clear(),
    confirmAsClient: (intentId: string, token: string): void => this.#asClient(intentId, token),
    authenticate: (intentId: string, end: 'succeed' | 'fail'): void => this.account.authenticate(intentId, end),
    settle: (intentId: string, end: 'succeed' | 'fail'): void => this.account.settle(intentId, end),
    refundFromDashboard: (intentId: string, amount?: number): string => this.account.makeRefund(intentId, amount ?? null, {}, 'requested_by_customer').id,
    /** Refunds that the bank has not completed yet; of one payment, or of all. */
    pendingRefunds: (paymentId?: string): readonly string[] => this.account.pendingRefunds(paymentId),
    settleRefund: (refundId: string, end: 'succeed' | 'fail'): void => this.account.settleRefund(refundId, end),
    dispute: (intentId: string, status?: Dispute['status']): string => this.account.dispute(intentId, status).id,
    moveDispute: (disputeId: string, status: Dispute['status']): void => this.account.moveDispute(disputeId, status),
    /** A charge that is not Registrar's. */
    foreignCharge: (amount: number, currency: string): string => {
      const { id } = this.account.make({ amount, currency, metadata: {}, description: null, descriptor: null, redirects: 'never' });
      this.account.confirm(id, 'pm_card_visa', undefined, null);
      return id;
    },
    books: (): Readonly<Record<string, Book>> => this.account.books(),
    intentOf: (paymentId: string): string | null => this.account.intents.findLast(({ metadata }) => metadata['paymentId'] === paymentId)?.id ?? null,
    statusOf: (intentId: string): string => this.account.intent(intentId).status,
    calls: (): readonly Call[] => this.calls,
    deliveries: (): readonly Delivery[] => this.webhooks.deliveries,
    /** Every event in the order in which it was made, and how many copies of it were sent. */
    events: (): readonly { readonly id: string; readonly type: string; readonly copies: number }[] =>
      this.webhooks.made.map(({ id, type }) => ({ id, type, copies: this.webhooks.copies.get(id) ?? 0 })),
  };

  /** The payer's browser, with Stripe's library. A card that is declined is told to the payer there, and to nobody here. */
  #asClient(intentId: string, token: string): void {
    try {
      this.account.confirm(intentId, token, 'https://shop.example/paid', null);
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 402)) throw error;
    }
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? '/', 'http://double');
    const body = await text(request);
    if (pathname === '/_control') return this.#controlled(body, response);
    const { method = 'GET' } = request;
    const sent = method === 'GET' ? search.slice(1) : body;
    const key = request.headers['idempotency-key'];
    const call: Request = { method, path: pathname, form: parsedForm(sent), sent, key: typeof key === 'string' && method === 'POST' ? key : null, fingerprint: `${method} ${pathname} ${sent}` };
    if (request.headers.authorization !== `Bearer ${SECRET_KEY}`) {
      return this.#send(call, response, failureOf(401, { type: 'invalid_request_error', message: 'Invalid API Key provided: sk_test_***' }));
    }
    return this.#answer(call, response);
  }

  async #answer(call: Request, response: ServerResponse): Promise<void> {
    const kept = call.key === null ? undefined : this.#keys.get(call.key);
    if (kept !== undefined && kept.fingerprint !== call.fingerprint) {
      return this.#send(call, response, failureOf(400, { type: 'idempotency_error', message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.' }));
    }
    if (kept !== undefined && kept.answer === undefined) {
      return this.#send(call, response, failureOf(409, { type: 'invalid_request_error', code: 'idempotency_key_in_use', message: 'There is currently another in-progress request using this key.' }));
    }
    const fate = this.faults.next(`${call.method} ${call.path}`);
    return kept?.answer === undefined ? this.#first(call, fate ?? this.#fateOfToken(call), response) : this.#fated(call, kept.answer, fate, response, true);
  }

  async #first(call: Request, fate: Fate | null, response: ServerResponse): Promise<void> {
    const isDone = fate === null || fate.applied;
    const proper = isDone ? this.#proper(call) : undefined;
    const answer = proper !== undefined && (fate === null || fate.status === null || fate.status < 300) ? proper : this.#failure(fate);
    const keep = (kept: Answer | undefined): void => {
      if (call.key !== null) this.#keys.set(call.key, { fingerprint: call.fingerprint, answer: kept });
    };
    if (isDone || fate.kept) {
      // Until it is answered, the key is in use.
      keep(fate !== null && fate.delayMs > 0 ? undefined : answer);
      if (NOT_KEPT.has(answer.status) && call.key !== null) this.#keys.delete(call.key);
    }
    await this.#fated(call, answer, fate, response, false);
    if (isDone && fate !== null && fate.delayMs > 0) keep(answer);
  }

  async #fated(call: Request, answer: Answer, fate: Fate | null, response: ServerResponse, replayed: boolean): Promise<void> {
    if (fate !== null && fate.delayMs > 0) await pause(fate.delayMs);
    if (fate?.status === null) {
      this.#record(call, null, false);
      response.destroy();
      return;
    }
    if (replayed && fate !== null && fate.status >= 300) this.#send(call, response, this.#failure(fate));
    else this.#send(call, response, answer, replayed);
  }

  #proper(call: Request): Answer {
    try {
      return { status: 200, body: JSON.stringify(answerTo(this.account, call.method, call.path, call.form)) };
    } catch (error) {
      if (error instanceof Refusal) return failureOf(error.status, error.failure);
      throw error;
    }
  }

  #failure(fate: Fate | null): Answer {
    const status = fate?.status ?? 500;
    return failureOf(status, { type: fate?.type ?? TYPES[status] ?? 'api_error', ...(fate?.code === undefined ? {} : { code: fate.code }), message: 'A fault of the double.' });
  }

  #fateOfToken({ path, form }: Request): Fate | null {
    const first = path.endsWith('/confirm') ? TOKENS[textIn(form, 'payment_method') ?? '']?.first : undefined;
    if (first === undefined || this.#firsts.has(path)) return null;
    this.#firsts.add(path);
    if (first === 'silent') return { status: 200, applied: true, kept: true, delayMs: FOR_EVER };
    return first === 'lost' ? { status: null, applied: true, kept: true, delayMs: 0 } : { ...first, delayMs: 0 };
  }

  #send(call: Request, response: ServerResponse, { status, body }: Answer, replayed = false): void {
    this.#record(call, status, replayed);
    const headers = { 'content-type': 'application/json', 'request-id': newId('req'), ...(replayed ? { 'idempotent-replayed': 'true' } : {}) };
    response.writeHead(status, headers).end(body);
  }

  #record({ method, path, form, sent, key }: Request, status: number | null, replayed: boolean): void {
    this.calls.push({ method, path, form, sent, key, status, replayed });
  }

  async #controlled(body: string, response: ServerResponse): Promise<void> {
    const { name, args }: { name: string; args: readonly unknown[] } = JSON.parse(body);
    const method: unknown = Object.entries(this.control).find(([known]) => known === name)?.[1];
    try {
      const result: unknown = typeof method === 'function' ? await Reflect.apply(method, undefined, args) : undefined;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ result: result ?? null }));
    } catch (error) {
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: String(error) }));
    }
  }
}
