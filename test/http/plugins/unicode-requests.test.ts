import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import t from 'tap';
import { createTestApp } from '../../fixtures/test-app.js';
import { createUsersApp } from '../users/users-app.js';

const app = await createTestApp();
t.teardown(() => app.close());
const { headers } = await app.signUp('admin');

/** What no UTF-8 decoder takes: another charset, half of a surrogate pair, a character without its end, one that is too long. */
const NO_UTF8 = [[0xe9], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x98], [0xc0, 0xaf], [0xff]].map((bytes) => Buffer.from(bytes));

const routesWithBody = [
  ['POST', '/auth/register'],
  ['POST', '/courses'],
  ['POST', '/payments'],
  ['DELETE', '/cart/items'],
  ['PATCH', '/users/profile'],
  ['POST', '/api/auth/register'],
  ['POST', '/api/v2/user/login-user'],
  ['PUT', '/api/v2/user/update-user-info'],
] as const;

t.test('issue 9.1: a body of JSON with bytes that are no UTF-8, or half of a character, is 400 on every surface', async (t) => {
  for (const [method, url] of routesWithBody) {
    for (const bytes of NO_UTF8) {
      for (const padding of ['', ' '.repeat(2 * bytes.length)]) {
        const payload = Buffer.concat([Buffer.from('{"name":"'), bytes, Buffer.from(`"}${padding}`)]);
        const answer = await app.inject({ method, url, headers: { ...headers, 'content-type': 'application/json' }, payload });
        t.equal(answer.statusCode, 400, `${method} ${url} ${bytes.toString('hex')}: ${answer.body}`);
      }
    }
    for (const text of [String.raw`\ud800`, String.raw`Bad \uD83D`, String.raw`\udc00\ud800`]) {
      for (const payload of [`{"name":"${text}"}`, `{"unknown":[{"${text}":1}]}`]) {
        const answer = await app.inject({ method, url, headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': 'k' }, payload });
        t.equal(answer.statusCode, 400, `${method} ${url} ${payload}: ${answer.body}`);
      }
    }
  }
  const whole = await app.inject({ method: 'PATCH', url: '/users/profile', headers: { ...headers, 'content-type': 'application/json' }, payload: String.raw`{"name":"\ud83d\ude00 é"}` });
  t.match(whole.json(), { name: '😀 é' });
});

t.test('issue 9.1: another charset is 415', async (t) => {
  const payload = Buffer.from('{"name":"Ada"}');
  for (const charset of ['iso-8859-1', '"ISO-8859-1"', 'utf-16', 'windows-1252']) {
    for (const type of [`application/json; charset=${charset}`, `application/json;charset=${charset}; a=b`, `multipart/form-data; boundary=x; charset=${charset}`]) {
      for (const [method, url] of [...routesWithBody, ['POST', '/api/v2/user/create-user'] as const]) {
        t.equal((await app.inject({ method, url, headers: { ...headers, 'content-type': type }, payload })).statusCode, 415, `${method} ${url} ${type}`);
      }
    }
  }
  for (const type of ['application/json; charset=utf-8', 'application/json;charset="UTF-8"']) {
    t.equal((await app.inject({ method: 'PATCH', url: '/users/profile', headers: { ...headers, 'content-type': type }, payload })).statusCode, 200, type);
  }
});

t.test('issue 9.1: a query or a path that is no UTF-8 is 400', async (t) => {
  for (const bytes of NO_UTF8) {
    const escaped = [...bytes].map((byte) => `%${byte.toString(16)}`).join('');
    for (const url of [`/courses?search=${escaped}`, `/courses?${escaped}=1`, `/courses?search=a%20${escaped}%20b`, `/api/auth/profile?x=${escaped}`, `/api/v2/user/getuser?x=${escaped}`]) {
      t.equal((await app.inject({ url, headers })).statusCode, 400, url);
    }
    for (const url of [`/courses/${escaped}`, `/payments/${escaped}`, `/discounts/code/${escaped}`, `/audit/streams/${escaped}`]) t.equal((await app.inject({ url, headers })).statusCode, 400, url);
  }
  for (const search of ['%F0%9F%98%80', '100%25', '100%', 'caf%C3%A9+au']) t.equal((await app.inject({ url: `/courses?search=${search}` })).statusCode, 200, search);
});

t.test('issue 9.1: a header that is no UTF-8 is 400, one that is passes', async (t) => {
  for (const name of ['idempotency-key', 'user-agent', 'x-anything', 'cookie', 'x-request-id']) {
    for (const bytes of NO_UTF8) {
      const answer = await app.inject({ url: '/courses', headers: { [name]: bytes.toString('latin1') } });
      t.equal(answer.statusCode, 400, `${name} ${bytes.toString('hex')}`);
    }
    if (name !== 'idempotency-key') t.equal((await app.inject({ url: '/courses', headers: { [name]: Buffer.from('é').toString('latin1') } })).statusCode, 200, name);
  }
  await app.app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  for (const [head, status] of [['GET /courses HTTP/1.1\r\nx-name: \xe9', 400], ['GET /courses?search=\xe9 HTTP/1.1', 400], ['GET /courses HTTP/1.1\r\nx-name: \xc3\xa9', 200]] as const) {
    const socket = connect(port, '127.0.0.1');
    socket.end(Buffer.from(`${head}\r\nHost: a\r\nConnection: close\r\n\r\n`, 'latin1'));
    t.match(await textOf(socket), new RegExp(`^HTTP/1.1 ${status} `), head);
  }
});

t.test('issue 9.1: fields of forms, and the JSON in them', async (t) => {
  const shop = await createUsersApp();
  t.teardown(() => shop.close());
  const { headers: person } = await shop.person();
  for (const bytes of NO_UTF8) {
    t.equal((await shop.newUser({ username: { content: bytes } })).statusCode, 400);
    const fullname = { content: Buffer.concat([Buffer.from('{"lastName":"a","firstName":"'), bytes, Buffer.from('"}')]) };
    t.match((await shop.newUser({ fullname })).json(), { errors: [{ field: 'fullname', message: 'must be UTF-8' }] });
  }
  const middle = { content: Buffer.from('a\ud800', 'utf16le'), type: 'text/plain; charset=utf-16le' };
  const quoted = { content: String.raw`"\ud800"`, type: 'application/json' };
  for (const username of [middle, quoted]) t.match((await shop.newUser({ username })).json(), { errors: [{ field: 'username', message: 'must be UTF-8' }] });
  const half = String.raw`{"firstName":"\ud800","lastName":"a"}`;
  const deep = `{"firstName":"a","lastName":"b","x":${'['.repeat(8_000)}${']'.repeat(8_000)}}`;
  for (const fullname of [half, deep, { content: half, type: 'application/json' }, { content: deep, type: 'application/json' }]) {
    for (const answer of [await shop.newUser({ fullname }), await shop.form('PUT', '/update-user-info', { fullname, password: 'secure123' }, person)]) {
      t.equal(answer.statusCode, 400, answer.body);
      t.match(answer.json(), { errors: [{ field: 'fullname' }] });
    }
  }
});

t.test('issue 9.7: JSON of many levels is 400 on every surface, also with an Idempotency-Key', async (t) => {
  for (const [method, url] of routesWithBody) {
    for (const levels of [33, 5_000, 200_000]) {
      for (const value of [`${'['.repeat(levels)}${']'.repeat(levels)}`, `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`]) {
        const payload = `{"unknown":${value}}`;
        if (payload.length > 1_000_000) continue;
        for (const key of [{}, { 'idempotency-key': `deep-${levels}` }]) {
          const answer = await app.inject({ method, url, headers: { ...headers, ...key, 'content-type': 'application/json' }, payload });
          t.equal(answer.statusCode, 400, `${method} ${url} ${levels}: ${answer.body.slice(0, 200)}`);
        }
      }
    }
  }
  const flat = `{"name":"Ada","unknown":${'['.repeat(31)}${']'.repeat(31)}}`;
  t.equal((await app.inject({ method: 'PATCH', url: '/users/profile', headers: { ...headers, 'content-type': 'application/json' }, payload: flat })).statusCode, 200);
});
