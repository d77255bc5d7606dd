import t from 'tap';
import { endpointsOf, endpointsToCome, normalised, surfaces } from '../../contract/contract.js';
import { googleAt } from '../../fixtures/google.js';
import { createTestApp } from '../../fixtures/test-app.js';
import { fc } from '../../fixtures/properties.js';

interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly fields: readonly string[];
  /** The surface's envelope of errors, as the document tells it. */
  readonly errorContentType: string;
  readonly errorFields: readonly string[];
  /** Its answer does not end by itself. */
  readonly isFeed: boolean;
}

type Content = Readonly<Record<string, { readonly schema: { readonly $ref?: string; readonly properties?: object } }>>;

interface PathItem {
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content: Content }>>;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, PathItem>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly required: readonly string[] }>> };
}

const METHODS = ['get', 'post', 'patch', 'put', 'delete'] as const;

const operationsOf = ({ paths, components }: ApiDocument): Operation[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): Operation[] => {
      const operation = item[method];
      if (operation === undefined) return [];
      const body = operation.requestBody?.content['application/json']?.schema.properties ?? {};
      const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name);
      const upper = method.toUpperCase() as Operation['method'];
      const [[errorContentType = '', error] = []] = Object.entries(operation.responses['400']?.content ?? {});
      const errorFields = components.schemas[error?.schema.$ref?.split('/').at(-1) ?? '']?.required ?? [];
      return [{ method: upper, path, fields: method === 'get' ? query : Object.keys(body), errorContentType, errorFields, isFeed: 'text/event-stream' in (operation.responses['200']?.content ?? {}) }];
    }),
  );

const nasty = fc.oneof(
  fc.constantFrom("' OR 1=1 --", '\u0000', '\ud800', '__proto__', '../../etc/passwd', '-1', '1e999', 'NaN', '', ' ', '[object Object]', '%', '9'.repeat(400)),
  fc.constantFrom('ada@example.org', 'student', 'USD', 'card', '2026-01-01', '01890000-0000-7000-8000-000000000000', 'percentage', 'platform_wide'),
  fc.constantFrom(0, -1, 1, 0.001, 1e21, Number.MAX_SAFE_INTEGER),
  fc.jsonValue({ maxDepth: 2 }),
);

const pathText = fc.oneof(fc.string({ minLength: 1, maxLength: 40 }), fc.uuid(), fc.constantFrom('a'.repeat(300), "x' OR 'a'='a", '..', '%00', 'NaN'));

// Nobody listens there: no request that is made up gets as far.
const app = await createTestApp({ config: { google: googleAt('http://127.0.0.1:9') } });
t.teardown(() => app.close());
const tokens = [(await app.signUp('student')).headers, (await app.signUp('instructor')).headers, (await app.signUp('admin')).headers, {}];
const document = (await app.inject({ url: '/docs/json' })).json<ApiDocument>();
const isLogOut = ({ path }: Operation): boolean => /\/logout\/?$/.test(path);
// Logging out comes last: the others are to be tried by somebody who is logged in.
const operations = operationsOf(document).sort((a, b) => Number(isLogOut(a)) - Number(isLogOut(b)));

const requestOf = (operation: Operation) =>
  fc.record({
    operation: fc.constant(operation),
    headers: fc.constantFrom(...tokens),
    place: pathText,
    body: fc.oneof(
      { weight: 4, arbitrary: fc.record(Object.fromEntries(operation.fields.map((name) => [name, nasty])), { requiredKeys: [] }) },
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
    ),
  });

for (const operation of operations) {
  t.test(`${operation.method} ${operation.path} answers nothing with a 5xx`, async (t) => {
    const property = fc.assert(
      fc.asyncProperty(requestOf(operation), async ({ headers, place, body }) => {
        const path = operation.path.replaceAll(/\{[^}]+\}/g, encodeURIComponent(place));
        const isRead = operation.method === 'GET';
        const query = isRead && typeof body === 'object' && body !== null ? Object.entries(body) : [];
        const search = new URLSearchParams(Object.fromEntries(query.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])));
        const answer = await app.inject({
          method: operation.method,
          url: `${path}?${search.toString()}`,
          headers: isRead ? headers : { ...headers, 'content-type': 'application/json' },
          ...(isRead ? {} : { payload: JSON.stringify(body) }),
          payloadAsStream: operation.isFeed,
        });
        if (operation.isFeed) answer.stream().destroy();
        if (answer.statusCode >= 500) throw new Error(`${answer.statusCode}: ${operation.isFeed ? 'a feed' : answer.body}`);
        if (operation.isFeed) return;
        if (answer.statusCode < 400) return;
        const error = answer.json<object>();
        // EduPro names the wrong fields of the request, or one of detail, error and message.
        const isByField = operation.path.startsWith('/api/v1') && Object.keys(error).length > 0;
        const isEnvelope = isByField || (operation.errorFields.length > 0 && operation.errorFields.every((field) => field in error));
        if (!isEnvelope || !String(answer.headers['content-type']).startsWith(`${operation.errorContentType};`)) {
          throw new Error(`not the surface's envelope: ${answer.body}`);
        }
      }),
      { numRuns: 30 },
    );
    await t.resolves(property);
  });
}

t.test('every endpoint of the contracts that is there was tried', async (t) => {
  const toCome = await endpointsToCome();
  const tried = new Set(operations.map(({ method, path }) => `${method} ${normalised(path)}`));
  for (const surface of surfaces) {
    const there = (await endpointsOf(surface)).filter(({ id }) => !toCome[surface].includes(id));
    t.same(there.map(({ method, path }) => `${method} ${normalised(path)}`).filter((endpoint) => !tried.has(endpoint)), [], surface);
  }
});
