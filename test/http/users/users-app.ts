import type { LightMyRequestResponse } from 'fastify';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import type { OtpPurpose } from '../../../src/domain/otp/events.js';
import { createTestApp, type TestApp, type TestAppOptions } from '../../fixtures/test-app.js';
import { formOf, type Part } from './form.js';

export const BASE = '/api/v2/user';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
  readonly token: string;
  readonly headers: { readonly authorization: string };
}

export interface UsersApp extends TestApp {
  /** A form with the fields of somebody new, some of them replaced; undefined: left out. */
  newUser(fields?: Readonly<Record<string, string | Part | undefined>>): Promise<LightMyRequestResponse>;
  form(method: 'POST' | 'PUT', path: string, fields: Readonly<Record<string, string | Part | undefined>>, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Of the latest mail. */
  code(accountId: string, purpose: OtpPurpose): Promise<string>;
  idOf(email: string): Promise<string>;
  /** Registered and active. */
  person(fields?: Readonly<Record<string, string | Part | undefined>>): Promise<Person>;
}

/** The app of the tests with what clients of this surface do. */
export const createUsersApp = async (options: TestAppOptions = {}): Promise<UsersApp> => {
  const app = await createTestApp({ surfaces: ['users'], ...options });
  let people = 0;

  const form: UsersApp['form'] = (method, path, fields, headers = {}) => {
    const { payload, contentType } = formOf(fields);
    return app.inject({ method, url: `${BASE}${path}`, headers: { ...headers, 'content-type': contentType }, payload });
  };
  const send: UsersApp['send'] = (method, path, payload, headers = {}) =>
    app.inject({ method, url: `${BASE}${path}`, headers, ...(payload === undefined ? {} : { payload }) });

  const someone = () => {
    people += 1;
    const fullname = JSON.stringify({ firstName: 'John', lastName: 'Doe' });
    return { email: `person${people}@example.com`, password: 'secure123', fullname, username: `person_${people}` };
  };
  const newUser: UsersApp['newUser'] = (fields = {}) => form('POST', '/create-user', { ...someone(), ...fields });

  const code: UsersApp['code'] = async (accountId, purpose) => {
    const issued = (await app.events(`otp-${purpose}.${accountId}`)).findLast(({ type }) => type === 'OtpIssued');
    if (issued?.type !== 'OtpIssued') throw new Error('no code was issued');
    return oneTimeCode(app.services.commands.keys, issued.data.otpId);
  };
  const idOf: UsersApp['idOf'] = async (email) => {
    const registered = (await app.events()).findLast((event) => event.type === 'AccountRegistered' && event.data.email === email);
    if (registered?.type !== 'AccountRegistered') throw new Error(`${email} is not registered`);
    return registered.data.accountId;
  };

  const person: UsersApp['person'] = async (fields = {}) => {
    const { email, username, password } = someone();
    const registered = await newUser({ email, username, password, ...fields });
    if (registered.statusCode !== 201) throw new Error(`create-user answered ${registered.statusCode}: ${registered.body}`);
    const id = await idOf(email);
    const active = await send('POST', '/activation', { email, otp: await code(id, 'email_verification') });
    const { token } = active.json<{ token: string }>();
    return { id, email, username, password, token, headers: { authorization: `Bearer ${token}` } };
  };

  return { ...app, form, send, newUser, code, idOf, person };
};

export const otherThan = (code: string): string => (code === '123456' ? '654321' : '123456');
