import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { registerAccount } from '../../../src/commands/accounts/register-account.js';
import type { AccountType, Role } from '../../../src/domain/account/events.js';
import { contextFor } from '../../fixtures/command-services.js';
import { createTestApp, type TestApp, type TestAppOptions } from '../../fixtures/test-app.js';

export const BASE = '/academy';
export const SERVICE_KEY = 'the key of the services in tests';

export interface Caller {
  readonly headers: Readonly<Record<string, string>>;
}

export interface Member extends Caller {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

export type Json = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly message: unknown;
  /** The key `data` where it is an object, else {}. */
  readonly data: Json;
  /** The key `data` where it is a list, else []. */
  readonly list: readonly Json[];
  readonly raw: LightMyRequestResponse;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface AcademyApp extends TestApp {
  send(as: Caller | null, method: Method, path: string, payload?: object | string, headers?: Record<string, string>): Promise<Answer>;
  /** The same, and throws unless it succeeds: for what a test only needs. */
  must(as: Caller | null, method: Method, path: string, payload?: object): Promise<Answer>;
  admin(name?: string): Promise<Member>;
  umum(name?: string): Promise<Member>;
  dike(name?: string): Promise<Member>;
  /** An account that is neither: USER. */
  guest(name?: string): Promise<Member>;
  /** A program with the key of services, in the name of an account or of none. */
  service(of?: { readonly id: string }): Caller;
  /** The id of a new course. */
  course(level?: 'ENTRY' | 'INTERMEDIATE', title?: string): Promise<string>;
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const answerOf = (raw: LightMyRequestResponse): Answer => {
  const parsed: unknown = raw.body === '' ? {} : JSON.parse(raw.body);
  const body = isObject(parsed) ? parsed : {};
  const { data } = body;
  return { status: raw.statusCode, body, message: body['message'], data: isObject(data) ? data : {}, list: Array.isArray(data) ? data.filter(isObject) : [], raw };
};

/** The app of the tests with what clients of this surface do. */
export const createAcademyApp = async ({ config, ...options }: TestAppOptions = {}): Promise<AcademyApp> => {
  const app = await createTestApp({ surfaces: ['academy'], config: { serviceApiKey: SERVICE_KEY, ...config }, ...options });
  const { commands } = app.services;
  let members = 0;
  let admin: Member | undefined;

  const send: AcademyApp['send'] = async (as, method, path, payload, headers = {}) =>
    answerOf(await app.inject({ method, url: `${BASE}${path}`, headers: { ...as?.headers, ...headers }, ...(payload === undefined ? {} : { payload }) }));

  const must: AcademyApp['must'] = async (as, method, path, payload) => {
    const answer = await send(as, method, path, payload);
    if (answer.status >= 300 || answer.status === 202) throw new Error(`${method} ${path} answered ${answer.status} ${answer.raw.body}`);
    return answer;
  };

  const member = async (role: Role, given: string | undefined, accountType?: AccountType): Promise<Member> => {
    members += 1;
    const name = given ?? `${accountType ?? role} ${members}`;
    const email = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@example.org`;
    const password = 'correct horse';
    const nim = accountType === 'DIKE' ? { nim: `24/${String(members).padStart(6, '0')}/PA/000000` } : {};
    const type = accountType === undefined ? {} : { accountType };
    const registered = await registerAccount(commands)(
      { name, email, password, role, ...type, ...nim, provider: 'local', imageUrl: null, surface: 'academy', actorRole: 'admin' },
      contextFor(randomUUID()),
    );
    if (!registered.ok) throw new Error(`${name} was refused: ${registered.rejection}`);
    await app.caughtUp();
    const { data } = await must(null, 'POST', '/auth/login', { email, password });
    const { accessToken, refreshToken } = data as { readonly accessToken: string; readonly refreshToken: string };
    return { id: registered.value.accountId, name, email, password, accessToken, refreshToken, headers: { authorization: `Bearer ${accessToken}` } };
  };

  return {
    ...app,
    send,
    must,
    admin: async (name) => (admin = await member('admin', name)),
    umum: (name) => member('student', name, 'UMUM'),
    dike: (name) => member('student', name, 'DIKE'),
    guest: (name) => member('guest', name),
    service: (of) => ({ headers: { 'x-api-key': SERVICE_KEY, ...(of === undefined ? {} : { 'x-user-id': of.id }) } }),
    course: async (level = 'ENTRY', title = `A course of ${level.toLowerCase()} level`) => {
      admin ??= await member('admin', undefined);
      const { data } = await must(admin, 'POST', '/courses/admin', { title, description: 'Learn what there is to learn about it.', level });
      return String(data['id']);
    },
  };
};
