import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { statusOfKind, type RefusalKind } from '../../../src/http/refusals/answer.js';
import { refusalProblem, refusals, type Rejection } from '../../../src/http/refusals/index.js';

const isRejection = (code: string): code is Rejection => Object.hasOwn(refusals, code);
const codes = Object.keys(refusals).filter(isRejection);

const tablesInFolder = async (): Promise<readonly object[]> => {
  const folder = new URL('../../../src/http/refusals/', import.meta.url);
  const modules = (await readdir(folder)).filter((file) => /(?<!\.d)\.[jt]s$/.test(file)).map((file) => file.replace(/\.ts$/, '.js'));
  const loaded: readonly object[] = await Promise.all(modules.map((file) => import(new URL(file, folder).href)));
  return loaded.flatMap((module) => Object.entries(module)).filter(([name]) => name.endsWith('Refusals')).map(([, table]) => Object(table));
};

const sourceOf = async (folder: string): Promise<string> => {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
};

t.test('each kind of refusal has its status', async (t) => {
  const expected: Record<RefusalKind, number> = {
    invalid: 400,
    unauthenticated: 401,
    'payment-required': 402,
    forbidden: 403,
    'not-found': 404,
    conflict: 409,
    unprocessable: 422,
    'too-many': 429,
  };
  t.same(statusOfKind, expected);
});

t.test('every table is merged, and no code stands in two of them', async (t) => {
  const inTables = (await tablesInFolder()).flatMap(Object.keys).toSorted();
  t.same(inTables, codes.toSorted());
});

t.test('no answer is left over: the domain or a use case refuses with each code', async (t) => {
  const source = (await Promise.all(['src/domain', 'src/commands'].map(sourceOf))).join('\n');
  t.same(codes.filter((code) => !source.includes(`'${code}'`)), []);
});

t.test('what the domain and the use cases refuse with has an answer', async (t) => {
  const source = (await Promise.all(['src/domain', 'src/commands'].map(sourceOf))).join('\n');
  const refused = [...source.matchAll(/(?:\breject\(|\brejection: )'([a-z-]+)'/g)].map(([, code]) => code ?? '');
  t.ok(refused.includes('cart-full'), 'refusals are found in the source');
  t.same(refused.filter((code) => !isRejection(code)), []);
});

for (const code of codes) {
  t.test(code, async (t) => {
    const details = { reason: 'a test' };
    const problem = refusalProblem(code, details);
    const [kind, sentence, field] = [...refusals[code]];
    t.equal(problem.status, statusOfKind[kind]);
    t.equal(problem.code, code);
    t.same(problem.details, details);
    t.same(problem.errors, field === undefined ? undefined : [{ field, message: sentence }]);
    t.match(problem.message, /^[A-Z][^/]*\.$/, 'is a sentence without a path');
    t.notMatch(problem.message, /\b(GET|POST|PUT|PATCH|DELETE)\b/, 'names no method');
    t.notMatch(problem.message, /^It (is|was) |anew|by now|all the same/, 'names its subject');
  });
}

t.test('issue 9.14: a refusal says every amount as answers do, on all routes', async (t) => {
  const details = { courseId: 'c', price: '12.50', amount: '1.00', captured: '0', currency: 'USD', expected: 'EUR' };
  t.same(refusalProblem('course-not-free', details).details, { ...details, price: 12.5, amount: 1, captured: 0 });
});
