import type { LightMyRequestResponse } from 'fastify';
import { joinTeacher } from '../../../src/commands/teaching/join-teacher.js';
import { registerAccount } from '../../../src/commands/accounts/register-account.js';
import type { Role } from '../../../src/domain/account/events.js';
import { personById } from '../../../src/projections/people/queries.js';
import { contextFor } from '../../fixtures/command-services.js';
import { createTestApp, type TestApp, type TestAppOptions } from '../../fixtures/test-app.js';
import { formOf, type Part } from '../users/form.js';

export const BASE = '/api/v1';

export interface Caller {
  readonly headers: Readonly<Record<string, string>>;
}

export interface Member extends Caller {
  readonly accountId: string;
  /** The integer that the surface shows. */
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly list: readonly Readonly<Record<string, unknown>>[];
  readonly raw: LightMyRequestResponse;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface EduproApp extends TestApp {
  send(as: Caller | null, method: Method, path: string, payload?: object, headers?: Record<string, string>): Promise<Answer>;
  form(as: Caller | null, method: Method, path: string, fields: Readonly<Record<string, string | Part | undefined>>): Promise<Answer>;
  /** An account with a username that is logged in. */
  member(role: Role, username?: string): Promise<Member>;
  teacher(username?: string): Promise<Member>;
  /** A student who belongs to the teacher, if one is named. */
  student(of?: Member, username?: string): Promise<Member>;
}

const answerOf = (raw: LightMyRequestResponse): Answer => {
  const parsed: unknown = raw.body === '' ? {} : JSON.parse(raw.body);
  return { status: raw.statusCode, body: parsed as Answer['body'], list: (Array.isArray(parsed) ? parsed : []) as Answer['list'], raw };
};

/** The app of the tests with what clients of this surface do. */
export const createEduproApp = async (options: TestAppOptions = {}): Promise<EduproApp> => {
  const app = await createTestApp({ surfaces: ['edupro', 'marketplace'], ...options });
  const { commands, readModels } = app.services;
  let members = 0;

  const send: EduproApp['send'] = async (as, method, path, payload, headers = {}) =>
    answerOf(await app.inject({ method, url: `${BASE}${path}`, headers: { ...as?.headers, ...headers }, ...(payload === undefined ? {} : { payload }) }));

  const form: EduproApp['form'] = async (as, method, path, fields) => {
    const { payload, contentType } = formOf(fields);
    return answerOf(await app.inject({ method, url: `${BASE}${path}`, headers: { ...as?.headers, 'content-type': contentType }, payload }));
  };

  const member: EduproApp['member'] = async (role, username) => {
    members += 1;
    const name = username ?? `${role}${members}`;
    const email = `${name}@example.org`;
    const password = 'correct horse';
    const input = { name: `Ada ${name}`, email, password, role, provider: 'local', username: name, imageUrl: null, actorRole: 'admin' } as const;
    const registered = await registerAccount(commands)(input, contextFor());
    if (!registered.ok) throw new Error(`${name} was refused: ${registered.rejection}`);
    await app.caughtUp();
    const login = await app.inject({ method: 'POST', url: '/auth/login', payload: { email, password } });
    const { accessToken } = login.json<{ accessToken: string }>();
    const person = await personById(readModels, registered.value.accountId);
    if (person === undefined) throw new Error(`${name} is nobody`);
    return { accountId: person.id, id: person.number, username: name, email, password, headers: { authorization: `Bearer ${accessToken}` } };
  };

  return {
    ...app,
    send,
    form,
    member,
    teacher: (username) => member('instructor', username),
    student: async (of, username) => {
      const student = await member('student', username);
      if (of !== undefined) {
        const joined = await joinTeacher(commands)({ teacherId: of.accountId, studentId: student.accountId }, contextFor());
        if (!joined.ok) throw new Error(joined.rejection);
        await app.caughtUp();
      }
      return student;
    },
  };
};
