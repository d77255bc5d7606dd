import { createHash } from 'node:crypto';
import t from 'tap';
import type { AccessClaims } from '../../src/http/plugins/access-tokens.js';
import { FakeClock } from '../doubles/fake-clock.js';
import { openShop, type Shop } from '../fixtures/shop.js';
import type { SignedUp } from '../fixtures/test-app.js';
import { KnownThings } from './as-of/known-things.js';
import { madeUp, type Shape } from './as-of/made-up-bodies.js';
import { Random } from './as-of/random.js';

const COMMANDS = Number(process.env['AS_OF_COMMANDS'] ?? 500);
const TRIES = 20_000;
const AUDIT_EVERY = 5;
/** Commands of so many different routes have to be among them, and so many routes have to have shown something. */
// A shorter run (AS_OF_COMMANDS) can't have all of them.
const [KINDS, SHOWN] = COMMANDS >= 500 ? [60, 60] : [25, 40];
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_128);

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Shape }>> };
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: Shape }[];
}

interface Route extends Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
}

interface Saved {
  readonly position: string;
  /** Digests of status and body by URL. */
  readonly answers: ReadonlyMap<string, string>;
}

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;
/** They end sessions, take roles away, or erase: what was erased is not what it was. */
const NOT_TRIED = /logout|refresh|delete-user\/|password|role|activate|\/otp|audit\/auditors/;

const routesOf = (document: { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }): readonly Route[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): readonly Route[] => {
      const operation = item[method.toLowerCase()];
      return operation === undefined ? [] : [{ ...operation, method, path }];
    }),
  );

const isRecorded = (path: string): boolean => path.startsWith('/audit/');

const isAnsweredPast = ({ method, parameters = [] }: Route): boolean => method === 'GET' && parameters.some(({ name }) => name === 'asOf');

const digest = ({ statusCode, body }: { readonly statusCode: number; readonly body: string }): string => createHash('sha1').update(`${statusCode} ${body}`).digest('base64');

/** Sends random commands to all surfaces and saves every GET after each. */
class Story {
  readonly saved: Saved[] = [];
  readonly kinds = new Set<string>();
  readonly shown = new Set<string>();
  readonly #random = new Random(seed);
  readonly #known = new KnownThings();
  readonly #commands: readonly Route[];
  readonly #reads: readonly Route[];

  constructor(
    readonly shop: Shop,
    readonly clock: FakeClock,
    readonly people: readonly SignedUp[],
    /** Asks, and is never changed. */
    readonly reader: SignedUp,
    routes: readonly Route[],
  ) {
    this.#commands = routes.filter(({ method, path }) => method !== 'GET' && !NOT_TRIED.test(path));
    this.#reads = routes.filter(isAnsweredPast);
    for (const { id, email } of people) {
      for (const name of ['userid', 'accountid', 'studentid', 'teacherid', 'instructorid', 'participant']) this.#known.add(name, id);
      this.#known.add('email', email);
    }
    this.#known.add('username', 'ada_teaches');
  }

  async tell(): Promise<void> {
    await this.#save();
    for (let tries = 0; this.saved.length <= COMMANDS && tries < TRIES; tries += 1) {
      const before = await this.shop.store.head();
      // Half of them are of kinds that have not worked yet.
      const fresh = this.#commands.filter(({ method, path }) => !this.kinds.has(`${method} ${path}`));
      const route = this.#random.pick(this.#random.next() < 0.5 && fresh.length > 0 ? fresh : this.#commands);
      if (route.method === 'DELETE' && this.#random.next() < 0.6) continue;
      if (!(await this.#command(route))) continue;
      await this.shop.settled();
      if ((await this.shop.store.head()) === before) continue;
      this.kinds.add(`${route.method} ${route.path}`);
      await this.#save();
      this.clock.advance(this.#random.below(7_200_000));
    }
  }

  async #command(route: Route): Promise<boolean> {
    const schema = route.requestBody?.content['application/json']?.schema;
    const url = this.#urlOf(route);
    const person = this.#random.pick(this.people);
    const payload = schema === undefined ? {} : { payload: madeUp(schema, '', this.#random, this.#known) as object };
    if (`${url} ${JSON.stringify(payload)}`.includes(this.reader.id)) return false;
    const answer = await this.shop.inject({ method: route.method, url, headers: person.headers, ...payload });
    if (answer.statusCode >= 500) throw new Error(`${route.method} ${route.path}: ${answer.body}`);
    if (answer.statusCode >= 300) return false;
    this.#learn(route.path, answer.body);
    return true;
  }

  async #save(): Promise<void> {
    const isAuditToo = this.saved.length % AUDIT_EVERY === 0;
    const asked = this.#reads.filter(({ path }) => isAuditToo || !isRecorded(path)).map((route) => ({ route, url: this.#urlOf(route) }));
    // Reads of the audit are events. The same one within a minute counts once: when it is saved, it changes nothing any more.
    for (const { route, url } of asked) if (isRecorded(route.path)) await ask(this.shop, this.reader, url);
    await this.shop.settled();
    const position = String(await this.shop.store.head());
    const answers = new Map<string, string>();
    for (const { route, url } of asked) {
      const answer = await ask(this.shop, this.reader, url);
      if (answer.statusCode < 300) {
        this.shown.add(route.path);
        this.#learn(route.path, answer.body);
      }
      answers.set(url, digest(answer));
    }
    if (String(await this.shop.store.head()) !== position) throw new Error('a GET changed something');
    this.saved.push({ position, answers });
  }

  #urlOf({ path, parameters = [] }: Route): string {
    this.#known.surface = /^\/(?:api\/\w+|academy)/.exec(path)?.[0] ?? '';
    const place = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(this.#known.forParameter(this.#random, path, name) ?? '1'));
    const needed = parameters.filter((parameter) => parameter.in === 'query' && parameter.required === true);
    const query = needed.map(({ name, schema = {} }) => `${name}=${encodeURIComponent(String(madeUp(schema, name, this.#random, this.#known)))}`);
    return query.length === 0 ? place : `${place}?${query.join('&')}`;
  }

  #learn(path: string, body: string): void {
    try {
      this.#known.learn(path, JSON.parse(body));
    } catch {
      // Not JSON: it names nothing.
    }
  }
}

/** With a token of a day: on a busy machine the questions take longer than the quarter of an hour of the usual one. */
const longLived = ({ app: { jwt } }: Shop, account: SignedUp): SignedUp => {
  const { sub, sid, role } = jwt.verify<AccessClaims>(account.token);
  const token = jwt.sign({ sub, sid, role }, { algorithm: 'HS256', expiresIn: '1d', iss: 'registrar' });
  return { ...account, token, headers: { authorization: `Bearer ${token}` } };
};

const ask = (shop: Shop, reader: SignedUp, url: string) => shop.app.inject({ url, headers: { ...reader.headers, 'x-request-id': 'the-same-each-time' } });

t.test(`issue 15.3: after each of ${COMMANDS} random commands every GET is saved; asked as of each position, all are the same`, async (t) => {
  const clock = new FakeClock();
  const shop = await openShop({ clock, patienceMs: 120_000, surfaces: ['marketplace', 'authentication', 'users', 'edupro', 'academy', 'audit', 'analytics'] });
  t.teardown(() => shop.close());
  const routes = routesOf((await shop.inject({ url: '/docs/json' })).json());
  const reader = longLived(shop, await shop.signUp('admin', 'Reader'));
  const teacher = { username: 'ada_teaches', password: 'correct horse' };
  await shop.inject({ method: 'PUT', url: '/api/v2/user/update-user-info', headers: shop.ada.headers, payload: teacher });
  await shop.inject({ method: 'POST', url: '/api/v1/join-teacher/ada_teaches/', headers: shop.sam.headers });
  const story = new Story(shop, clock, [shop.admin, shop.ada, shop.sam, shop.kim], reader, routes);
  await shop.course();
  await shop.coupon();
  await shop.send(shop.sam, 'POST', '/payments', shop.purchase([await shop.course(20)], { amount: 20 }));
  await shop.settled();
  await story.tell();
  t.comment(`${story.saved.length} positions, ${story.kinds.size} kinds of commands; ${story.shown.size} of ${routes.filter(isAnsweredPast).length} GETs showed something`);
  t.comment(routes.filter((route) => isAnsweredPast(route) && !story.shown.has(route.path)).map(({ path }) => path).join(' '));
  t.equal(story.saved.length, COMMANDS + 1);
  t.ok(story.kinds.size >= KINDS, `${story.kinds.size} kinds of commands`);
  t.ok(story.shown.size >= SHOWN, `${story.shown.size} GETs that showed something`);
  let compared = 0;
  const differing: string[] = [];
  for (const { position, answers } of story.saved) {
    for (const [url, saved] of answers) {
      const answer = await ask(shop, reader, `${url}${url.includes('?') ? '&' : '?'}asOf=${position}`);
      compared += 1;
      if (digest(answer) !== saved) differing.push(`${position} ${url}: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
    }
    if (differing.length > 10) break;
  }
  t.comment(`${compared} answers compared`);
  t.same(differing, []);
});
