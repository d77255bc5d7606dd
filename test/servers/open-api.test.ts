import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createDecoder, createSigner } from 'fast-jwt';
import t, { type Test } from 'tap';
import { billingData } from '../fixtures/invoices.js';
import { projectRoot } from '../project-root.js';
import { call } from './journey/client.js';
import { PRICE, Shop } from './journey/shop.js';
import { startProgram } from './one-process.js';

const FOLDER = join(projectRoot, 'test/servers/open-api');
const SEED = 937;
/** Of each operation. CI has time for ten; OPEN_API_EXAMPLES=50 takes most of an hour. */
const EXAMPLES = Number(process.env['OPEN_API_EXAMPLES'] ?? 10);
/** What three side by side take on two cores, and as much again. */
const LIMIT_MS = Math.max(10, EXAMPLES) * 60_000;
/** They end the session that the others are sent in. Without a token they end none. */
const ENDS_THE_SESSION = 'logout/?$';
/** A browser's way to another site and back, which google-sign-in.test.ts walks; feeds, whose answers have no end, which the tests named feed read. */
const ELSEWHERE = '^/auth/google|/(events|feed)$';

interface Report {
  readonly operations: { readonly selected: number; readonly tested: number };
  readonly test_cases: { readonly generated: number };
  readonly running_time: number;
  readonly failures: readonly { readonly title: string; readonly operations: readonly string[] }[];
  readonly errors: readonly unknown[];
}

interface Run {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Absent: all. */
  readonly paths?: string;
}

/** All checks of Schemathesis, and those of checks.py, over every operation. */
const schemathesis = async (t: Test, { url, headers, folder, paths }: Run): Promise<{ report: Report; output: string }> => {
  const { stdout: binary } = await promisify(execFile)(join(projectRoot, 'scripts/servers/schemathesis.sh'));
  const [report, log] = [join(folder, 'report.json'), join(folder, 'output.txt')];
  const run = [
    '--config-file', join(FOLDER, 'schemathesis.toml'), 'run', `${url}/docs/json`,
    '--checks', 'all', '--max-examples', String(EXAMPLES), '--seed', String(SEED), '--generation-database', 'none', '--continue-on-failure',
    // How fast the machine is, is no finding.
    '--suppress-health-check', 'too_slow', '--request-timeout', '60',
    '--no-color', '--report', 'json', '--report-json-path', report,
    '--exclude-path-regex', headers['Authorization'] === undefined ? ELSEWHERE : `${ELSEWHERE}|${ENDS_THE_SESSION}`,
    ...(paths === undefined ? [] : ['--include-path-regex', paths]),
    // Whoever has the key needs no token.
    ...(headers['x-api-key'] === undefined ? [] : ['--exclude-checks', 'ignored_auth,missing_required_header']),
    ...Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
  ];
  const child = spawn(binary.trim(), run, {
    cwd: folder,
    env: { ...process.env, PYTHONPATH: FOLDER, PYTHONDONTWRITEBYTECODE: '1', SCHEMATHESIS_HOOKS: 'checks' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  });
  t.teardown(() => child.kill('SIGKILL'));
  const file = createWriteStream(log);
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  await once(child, 'close');
  file.end();
  await once(file, 'finish');
  const output = await readFile(log, 'utf8');
  if (child.signalCode !== null) throw new Error(`not done in ${LIMIT_MS} ms: ${output.slice(-2_000)}`);
  return { report: JSON.parse(await readFile(report, 'utf8')) as Report, output };
};

/** An admin, instructors, courses, codes, and a student who has bought one. */
const smallShop = async (url: string): Promise<Readonly<Record<'admin' | 'student' | 'instructor' | 'studentId', string>>> => {
  const shop = await Shop.open([url], 2);
  const student = await shop.signUp('sam', 'student');
  const wish = { userId: student.id, courseIds: [shop.courses[0]], currency: 'USD', paymentMethod: 'card', amount: PRICE / 2, discountCode: shop.half };
  const paid = await shop.send({ method: 'POST', path: '/payments', token: student.token, body: { ...wish, billingData } });
  if (paid.status !== 201) throw new Error(JSON.stringify(paid));
  const instructor = await shop.signUp('ivy', 'instructor');
  return { admin: (await shop.admin()).token, student: student.token, instructor: instructor.token, studentId: student.id };
};

// Side by side: each has a program of its own, so that the answers are the same in each run.
t.jobs = 3;
const JWT_SECRET = 'the secret that signs tokens in this test';
const DAY_MS = 86_400_000;
const claimsOf = createDecoder();
const sign = createSigner({ key: JWT_SECRET, expiresIn: DAY_MS });

/** The same token for a day: with many examples a run takes longer than one is good for. */
const lasting = (token: string): string => {
  const { iat: _begins, exp: _ends, ...claims }: Record<string, unknown> = claimsOf(token);
  return sign(claims);
};

const SERVICE_API_KEY = 'the key of a service in this test';
/** What others may do elsewhere, admins do as well. */
const ONLY: Readonly<Record<string, string>> = { instructor: '^/api/v1', service: '^/academy/(payments|group-payments|enrollments|email)' };

for (const who of ['nobody', 'student', 'admin', 'instructor', 'service'] as const) {
  void t.test(`issue 9.37: the OpenAPI document is what ${who === 'nobody' ? who : `a ${who}`.replace('a a', 'an a')} is answered`, { buffered: true }, async (t) => {
    const url = await startProgram(t, { SERVICE_API_KEY, JWT_SECRET });
    const tokens = await smallShop(url);
    const token = who === 'nobody' || who === 'service' ? null : lasting(tokens[who]);
    const asService = who === 'service' ? { 'x-api-key': SERVICE_API_KEY, 'x-user-id': tokens.studentId } : {};
    const headers = token === null ? asService : { Authorization: `Bearer ${token}` };
    const only = ONLY[who];
    const { report, output } = await schemathesis(t, { url, headers, folder: t.testdirName, ...(only === undefined ? {} : { paths: only }) });
    const { operations, test_cases: cases, running_time: seconds } = report;
    t.comment(`${operations.tested} operations, ${cases.generated} requests in ${seconds.toFixed(0)} s`);
    t.equal(operations.tested, operations.selected);
    t.ok(operations.tested > (who === 'service' ? 25 : 70), `${operations.tested} operations`);
    const findings = /=+ (?:ERRORS|FAILURES) =+[^]*?(?==+ (?:WARNINGS|SUMMARY) =+)/g;
    t.same({ failures: report.failures, errors: report.errors }, { failures: [], errors: [] }, (output.match(findings) ?? []).join('\n'));
    if (token !== null) t.equal((await call(url, { method: 'GET', path: '/auth/me', token })).status, 200, 'still logged in');
  });
}
