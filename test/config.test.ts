import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dotenv from 'dotenv';
import t from 'tap';
import { Ed25519CheckpointSigner, newSigningKey } from '../src/adapters/embedded/checkpoint-signer.js';
import { EnvironmentSchema, InvalidConfiguration, loadConfig } from '../src/config.js';

const secret = 'a'.repeat(32);
const folder = (): string => mkdtempSync(join(tmpdir(), 'registrar-config-'));
const { signingKey, vkey } = newSigningKey('registrar.example.org/audit');
const production = { NODE_ENV: 'production', JWT_SECRET: secret, COOKIE_SECRET: secret, AUDIT_SIGNING_KEY: signingKey };

const problemsOf = (variables: Record<string, string>): readonly string[] => {
  try {
    loadConfig(variables);
    return [];
  } catch (error) {
    if (error instanceof InvalidConfiguration) return error.problems;
    throw error;
  }
};

t.test('an empty environment is a laptop', async (t) => {
  const config = loadConfig({ DATA_DIR: folder() });
  t.match(config, { port: 8000, production: false, rateLimit: true, currency: 'USD', eventStoreUrl: null, admin: null });
  t.ok(Object.isFrozen(config));
  t.strictSame([...config.roles], ['http', 'projector', 'relay', 'processes', 'email', 'invoice']);
});

t.test('an empty value counts as unset', async (t) => {
  t.equal(loadConfig({ ...production, PORT: '', MONGODB_URL: '' }).mongodbUrl, null);
});

t.test('texts become what they mean', async (t) => {
  const config = loadConfig({ ...production, PORT: '9000', CORS_ORIGINS: 'https://a.example, https://b.example', ROLES: 'http, email', TRUST_PROXY: '2', PAYMENT_TIMEOUT_SECONDS: '5' });
  t.match(config, { port: 9000, corsOrigins: ['https://a.example', 'https://b.example'], trustProxy: 2, paymentTimeoutMs: 5_000 });
  t.strictSame([...config.roles], ['http', 'email']);
});

t.test('every problem is named at once', async (t) => {
  const problems = problemsOf({ PORT: 'many', LOG_LEVEL: 'loud', JWT_SECRET: 'short', ROLES: 'cook', MONGODB_URL: 'localhost', RATE_LIMIT: 'maybe' });
  for (const name of ['PORT', 'LOG_LEVEL', 'JWT_SECRET', 'ROLES', 'MONGODB_URL', 'RATE_LIMIT']) {
    t.ok(problems.some((problem) => problem.startsWith(name)), `${name} in ${problems.join('; ')}`);
  }
  t.notOk(problems.join().includes('short'), 'a value is never printed');
});

t.test('issue 9.5: proxies are a number of hops or addresses, never everybody', async (t) => {
  const proxies = (TRUST_PROXY: string): unknown => loadConfig({ ...production, TRUST_PROXY }).trustProxy;
  t.strictSame(['off', '1', '16'].map(proxies), [false, 1, 16]);
  t.strictSame(proxies('10.0.0.5, 10.1.0.0/16,loopback,fd00::/8,::1'), ['10.0.0.5', '10.1.0.0/16', 'loopback', 'fd00::/8', '::1']);
  for (const wrong of ['on', 'true', 'yes', '0', '17', '-1', '1.5', '1,10.0.0.1', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/x', 'proxy.example', '10.0.0.5,']) {
    t.match(problemsOf({ TRUST_PROXY: wrong }), [/^TRUST_PROXY must be off, the number of proxies/], wrong);
  }
});

t.test('issue 9.8: what a schema can not say is checked, too, and told together with the rest', async (t) => {
  const wrong = {
    HOST: 'not a host', DATA_DIR: 'package.json', EVENTSTORE_URL: 'esdb://,', MONGODB_URL: 'mongodb://host:port/x', NATS_URL: 'nats://a b', SMTP_URL: 'smtp://',
    PUBLIC_URL: 'https://', CORS_ORIGINS: 'shop.example', MAIL_FROM: 'nobody', TRUST_PROXY: 'on', CURRENCY: 'ABC', NODE_ENV: 'production', PORT: '70000',
  };
  const named = problemsOf(wrong).map((problem) => problem.split(' ')[0]);
  t.strictSame([...named].sort(), [...Object.keys(wrong).filter((name) => name !== 'NODE_ENV'), 'JWT_SECRET', 'COOKIE_SECRET', 'AUDIT_SIGNING_KEY'].sort());
});

t.test('issue 9.8: what the documents name is taken', async (t) => {
  t.strictSame(
    problemsOf({
      ...production,
      HOST: '::', CORS_ORIGINS: '*', MAIL_FROM: 'Registrar <no-reply@localhost>', PUBLIC_URL: 'https://shop.example/api',
      EVENTSTORE_URL: 'esdb+discover://u:p@e1:2113,e2:2113?tlsCAFile=/certs/ca.crt', NATS_URL: 'tls://u:p@n1:4222,tls://n2:4222',
      MONGODB_URL: 'mongodb://u:p%40@m1,m2:27017,[::1]:27017/registrar?replicaSet=rs0&tls=true', SMTP_URL: 'smtps://u:p@mail.example?requireTLS=true',
    }),
    [],
  );
});

t.test('issue 9.35: outside production it listens on this machine alone, unless told', async (t) => {
  t.equal(loadConfig({ DATA_DIR: folder() }).host, '127.0.0.1');
  t.equal(loadConfig({ DATA_DIR: folder(), HOST: '0.0.0.0' }).host, '0.0.0.0');
  t.equal(loadConfig(production).host, '0.0.0.0');
});

t.test('production defaults no secret and keeps its rate limits', async (t) => {
  t.match(problemsOf({ NODE_ENV: 'production', RATE_LIMIT: 'off' }), [/^JWT_SECRET/, /^COOKIE_SECRET/, /^RATE_LIMIT/, /^AUDIT_SIGNING_KEY/]);
  t.strictSame(problemsOf(production), []);
});

t.test('the key of the audit is made once on a laptop, and required in production unless the audit is off', async (t) => {
  const { AUDIT_SIGNING_KEY, ...without } = production;
  t.match(problemsOf(without), [/^AUDIT_SIGNING_KEY is required/]);
  t.strictSame(problemsOf({ ...without, AUDIT: 'off' }), []);
  t.equal(loadConfig({ ...without, AUDIT: 'off' }).audit, null);
  const { audit } = loadConfig({ ...production, AUDIT_CHECKPOINT_TO: 'auditor@example.org' });
  t.match(audit, { checkpointTo: 'auditor@example.org' });
  t.equal(audit === null ? '' : new Ed25519CheckpointSigner(audit.key).vkey, vkey);
  for (const wrong of [AUDIT_SIGNING_KEY.slice(0, -5), AUDIT_SIGNING_KEY.replace('example.org', 'example.com'), vkey]) {
    t.match(problemsOf({ ...production, AUDIT_SIGNING_KEY: wrong }), [/^AUDIT_SIGNING_KEY/]);
  }
  const DATA_DIR = folder();
  const made = loadConfig({ DATA_DIR }).audit;
  t.ok(made !== null && made.key.seed.length === 32);
  t.strictSame(loadConfig({ DATA_DIR }).audit, made);
});

t.test('the first admin needs both email and password', async (t) => {
  t.match(problemsOf({ ...production, ADMIN_EMAIL: 'root@example.org' }), [/^ADMIN_EMAIL and ADMIN_PASSWORD/]);
});

t.test('sign-in with Google needs both halves; the rest has defaults', async (t) => {
  const GOOGLE_CLIENT_ID = 'client-1';
  const GOOGLE_CLIENT_SECRET = 'a secret';
  const google = (variables: Record<string, string> = {}) => loadConfig({ DATA_DIR: folder(), ...variables }).google;
  t.equal(google(), null);
  t.match(problemsOf({ GOOGLE_CLIENT_ID }), [/^GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET belong together/]);
  t.match(problemsOf({ GOOGLE_CLIENT_SECRET: 'secret' }), [/^GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET belong together/]);
  t.match(problemsOf({ GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET }), [/^GOOGLE_CLIENT_SECRET/], 'no blank in it');
  t.match(problemsOf({ GOOGLE_TOKEN_URL: 'ftp://google.example' }), [/^GOOGLE_TOKEN_URL/]);
  const both = { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET: 'secret' };
  t.match(google({ ...both, PUBLIC_URL: 'https://shop.example/' }), {
    clientId: GOOGLE_CLIENT_ID, clientSecret: 'secret', callbackUrl: 'https://shop.example/auth/google/callback', issuer: 'https://accounts.google.com',
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth', tokenUrl: 'https://oauth2.googleapis.com/token',
    userinfoUrl: 'https://openidconnect.googleapis.com/v1/userinfo', successUrl: null,
  });
  const set = { GOOGLE_CALLBACK_URL: 'https://api.example/back', GOOGLE_ISSUER: 'https://id.example', OAUTH_SUCCESS_URL: 'https://shop.example/welcome' };
  t.match(google({ ...both, ...set }), { callbackUrl: set.GOOGLE_CALLBACK_URL, issuer: set.GOOGLE_ISSUER, successUrl: set.OAUTH_SUCCESS_URL });
});

t.test('videos are at VdoCipher once there is a secret', async (t) => {
  const videos = (variables: Record<string, string> = {}) => loadConfig({ DATA_DIR: folder(), ...variables }).vdocipher;
  t.equal(videos(), null);
  t.equal(videos({ VDOCIPHER_API_URL: 'http://localhost:9999/api' }), null);
  t.match(videos({ VDOCIPHER_API_SECRET: 'a1b2c3' }), { apiSecret: 'a1b2c3', apiUrl: 'https://dev.vdocipher.com/api' });
  t.match(videos({ VDOCIPHER_API_SECRET: 'a1b2c3', VDOCIPHER_API_URL: 'http://localhost:9999/api' }), { apiUrl: 'http://localhost:9999/api' });
  t.match(problemsOf({ VDOCIPHER_API_SECRET: 'two lines\nof it' }), [/^VDOCIPHER_API_SECRET/]);
  t.match(problemsOf({ VDOCIPHER_API_URL: 'ftp://videos.example' }), [/^VDOCIPHER_API_URL/]);
});

t.test('issue 9.22: admins need a second factor in production, unless it is switched off', async (t) => {
  const asked = (variables: Record<string, string>) => loadConfig({ ...production, DATA_DIR: folder(), ...variables }).adminSecondFactor;
  t.same([asked({}), asked({ ADMIN_SECOND_FACTOR: 'off' })], [true, false]);
  t.same([asked({ NODE_ENV: 'development' }), asked({ NODE_ENV: 'development', ADMIN_SECOND_FACTOR: 'on' })], [false, true]);
  t.match(problemsOf({ ADMIN_SECOND_FACTOR: 'maybe' }), [/^ADMIN_SECOND_FACTOR/]);
});

t.test('outside production a missing secret is made once, for the owner alone', async (t) => {
  const DATA_DIR = folder();
  const first = loadConfig({ DATA_DIR });
  t.equal(loadConfig({ DATA_DIR }).jwtSecret, first.jwtSecret);
  t.not(first.jwtSecret, first.cookieSecret);
  t.equal(statSync(join(DATA_DIR, 'jwt.secret')).mode & 0o777, 0o600);
});

t.test('a secret that a broken start left behind is not used', async (t) => {
  for (const text of ['', 'c2hvcnQ']) {
    const DATA_DIR = folder();
    writeFileSync(join(DATA_DIR, 'jwt.secret'), text);
    t.throws(() => loadConfig({ DATA_DIR }), /jwt\.secret holds no whole secret/);
  }
});

const WEBHOOK = 'whsec_a1B2';
const stripe = { STRIPE_SECRET_KEY: 'sk_test_a1B2', STRIPE_WEBHOOK_SECRET: WEBHOOK };

t.test('cards go to Stripe with a key and the secret of its webhook', async (t) => {
  const access = (variables: Record<string, string>): unknown => loadConfig({ ...production, ...variables }).stripe;
  t.equal(access({}), null);
  t.equal(access({ STRIPE_STATEMENT_DESCRIPTOR: 'Courses' }), null);
  const plain = { secretKey: 'sk_test_a1B2', webhookSecrets: [WEBHOOK], apiUrl: null, statementDescriptor: null, receipts: false, returnUrl: null };
  t.strictSame(access(stripe), plain);
  const more = { STRIPE_API_URL: 'https://stripe.example:8443', STRIPE_STATEMENT_DESCRIPTOR: 'Courses 7', STRIPE_RECEIPTS: 'on', STRIPE_RETURN_URL: 'https://shop.example/paid' };
  t.strictSame(access({ ...stripe, ...more, STRIPE_WEBHOOK_SECRET: `${WEBHOOK}, whsec_c3` }), {
    ...plain, webhookSecrets: [WEBHOOK, 'whsec_c3'], apiUrl: 'https://stripe.example:8443', statementDescriptor: 'Courses 7', receipts: true, returnUrl: 'https://shop.example/paid',
  });
});

t.test('what is wrong with the variables of Stripe is told without their values', async (t) => {
  const told = (variables: Record<string, string>): readonly string[] => problemsOf({ ...stripe, ...variables });
  for (const key of ['pk_test_a1', 'sk_a1', 'sk_test_', 'sk_test_a b', 'sk_prod_a1', 'whsec_a']) t.match(told({ STRIPE_SECRET_KEY: key }), [/^STRIPE_SECRET_KEY must be a secret/], key);
  for (const key of ['rk_test_a1', 'rk_live_a1', 'sk_live_a1']) t.same(told({ STRIPE_SECRET_KEY: key }), [], key);
  for (const secret of ['a1', 'whsec_', 'whsec_a,', 'whsec_a,whsec_b,whsec_c']) t.match(told({ STRIPE_WEBHOOK_SECRET: secret }), [/^STRIPE_WEBHOOK_SECRET must be the signing secret/], secret);
  for (const url of ['stripe.example', 'https://', 'https://stripe.example/v1', 'ftp://stripe.example']) t.match(told({ STRIPE_API_URL: url }), [/^STRIPE_API_URL must be the URL/], url);
  for (const page of ['shop.example', 'javascript:alert(1)']) t.match(told({ STRIPE_RETURN_URL: page }), [/^STRIPE_RETURN_URL must be a URL/], page);
  for (const words of ['x'.repeat(23), '7777', 'a<b', 'a>b', 'a\\b', "a'b", 'a"b', 'a*b', 'Übung']) t.match(told({ STRIPE_STATEMENT_DESCRIPTOR: words }), [/^STRIPE_STATEMENT_DESCRIPTOR must be 1 to 22/], words);
  t.same(told({ STRIPE_STATEMENT_DESCRIPTOR: 'x'.repeat(22) }), []);
  t.match(told({ STRIPE_RECEIPTS: 'yes' }), [/^STRIPE_RECEIPTS/]);
  for (const name of ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']) t.match(told({ [name]: '' }), [/^STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET belong together/], name);
  t.match(told({ ...production, STRIPE_API_URL: 'http://stripe.example' }), [/^STRIPE_API_URL must start with https/]);
  t.same(told({ STRIPE_API_URL: 'http://127.0.0.1:12111' }), []);
  t.notOk(told({ STRIPE_SECRET_KEY: 'pk_test_secret7', STRIPE_WEBHOOK_SECRET: 'secret7' }).join().includes('secret7'));
});

t.test('.env.example names every variable and nothing else', async (t) => {
  const named = readFileSync('.env.example', 'utf8').split('\n').flatMap((line) => /^([A-Z0-9_]+)=/.exec(line)?.[1] ?? []);
  t.strictSame(named.sort(), Object.keys(EnvironmentSchema.properties).sort());
  t.equal(loadConfig({ ...dotenv.parse(readFileSync('.env.example')), DATA_DIR: folder() }).port, 8000);
});

const bucket = { S3_BUCKET: 'school-files' };

t.test('without S3_BUCKET files are in DATA_DIR; with it everything has a default', async (t) => {
  t.equal(loadConfig({ DATA_DIR: folder() }).s3, null);
  t.strictSame(loadConfig({ DATA_DIR: folder(), ...bucket }).s3, {
    bucket: 'school-files', endpoint: null, publicEndpoint: null, region: 'us-east-1', credentials: null, pathStyle: false, prefix: '', encryption: null, redirects: false,
  });
  const all = {
    ...bucket, S3_URL: 'http://minio:9000', S3_PUBLIC_URL: 'https://files.example', S3_REGION: 'eu-central-1', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'key',
    S3_PATH_STYLE: 'on', S3_PREFIX: 'a/b', S3_SERVER_SIDE_ENCRYPTION: 'aws:kms', S3_KMS_KEY_ID: 'k', S3_REDIRECTS: 'on',
  };
  t.strictSame(loadConfig({ DATA_DIR: folder(), ...all }).s3, {
    bucket: 'school-files', endpoint: 'http://minio:9000', publicEndpoint: 'https://files.example', region: 'eu-central-1', credentials: { accessKeyId: 'id', secretAccessKey: 'key' },
    pathStyle: true, prefix: 'a/b/', encryption: { algorithm: 'aws:kms', kmsKeyId: 'k' }, redirects: true,
  });
  t.equal(loadConfig({ DATA_DIR: folder(), ...bucket, S3_PREFIX: 'a/' }).s3?.prefix, 'a/');
});

t.test('wrong settings of a bucket are named', async (t) => {
  const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ S3_BUCKET: 'School' }, /^S3_BUCKET /],
    [{ ...bucket, S3_URL: 'minio:9000' }, /^S3_URL /],
    [{ ...bucket, S3_URL: 'http://minio:9000/path' }, /^S3_URL must be http:\/\/ or https:\/\/ and a host, without a path/],
    [{ ...bucket, S3_PREFIX: '../other' }, /^S3_PREFIX /],
    [{ ...bucket, S3_PREFIX: '/a' }, /^S3_PREFIX /],
    [{ ...bucket, S3_SERVER_SIDE_ENCRYPTION: 'rot13' }, /^S3_SERVER_SIDE_ENCRYPTION .*: none, AES256, aws:kms$/],
    [{ ...bucket, S3_KMS_KEY_ID: 'k' }, /^S3_KMS_KEY_ID needs S3_SERVER_SIDE_ENCRYPTION=aws:kms$/],
    [{ ...bucket, S3_ACCESS_KEY_ID: 'id' }, /^S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together/],
    [{ S3_URL: 'http://minio:9000' }, /^S3_BUCKET is missing, which S3_URL is about$/],
    [{ S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'key' }, /^S3_BUCKET is missing, which S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY are about$/],
  ];
  for (const [variables, problem] of wrong) t.match(problemsOf(variables), [problem], JSON.stringify(variables));
  t.strictSame(problemsOf({ DATA_DIR: folder(), S3_REGION: 'us-east-1', S3_PATH_STYLE: 'off', S3_PREFIX: '', S3_SERVER_SIDE_ENCRYPTION: 'none', S3_REDIRECTS: 'off' }), []);
});

t.test('every variable may stand in a file; one line break at its end is not part of it', async (t) => {
  const files = t.testdir({ jwt: `${secret}\n`, cookie: `${secret}\r\n`, mongo: 'mongodb://u:p@mongo/registrar', two: 'a-password-of-it\n\n' });
  const given = { NODE_ENV: 'production', AUDIT: 'off', JWT_SECRET_FILE: join(files, 'jwt'), COOKIE_SECRET: '', COOKIE_SECRET_FILE: join(files, 'cookie'), MONGODB_URL_FILE: join(files, 'mongo') };
  t.match(loadConfig(given), { jwtSecret: secret, cookieSecret: secret, mongodbUrl: 'mongodb://u:p@mongo/registrar' });
  const inFiles = Object.fromEntries(Object.keys(EnvironmentSchema.properties).map((name) => [`${name}_FILE`, join(files, 'missing')]));
  t.equal(problemsOf(inFiles).length, Object.keys(EnvironmentSchema.properties).length, 'each of them, secret or not');
  t.equal(loadConfig({ DATA_DIR: folder(), SERVICE_API_KEY_FILE: join(files, 'two') }).serviceApiKey, 'a-password-of-it\n');
});

t.test('a value that stands in no file is a problem of its own, whatever else is wrong', async (t) => {
  const files = t.testdir({ empty: '', blank: '\n', binary: Buffer.from([0xff, 0xfe]), short: 'short', large: 'x'.repeat(70_000) });
  const problems = (JWT_SECRET_FILE: string, more: Record<string, string> = {}) => problemsOf({ NODE_ENV: 'production', AUDIT: 'off', COOKIE_SECRET: secret, JWT_SECRET_FILE, ...more });
  t.strictSame(problems(join(files, 'missing')), ["JWT_SECRET_FILE names a file that can't be read (ENOENT)"]);
  t.strictSame(problems(files), ["JWT_SECRET_FILE names a file that can't be read (it is no file)"]);
  t.strictSame(problems('/dev/zero'), ["JWT_SECRET_FILE names a file that can't be read (it is no file)"]);
  t.strictSame(problems(join(files, 'large')), ["JWT_SECRET_FILE names a file that can't be read (it is too large)"]);
  t.match(problems(join(files, 'binary')), [/^JWT_SECRET_FILE names a file that can't be read/]);
  for (const name of ['empty', 'blank']) t.strictSame(problems(join(files, name)), ['JWT_SECRET_FILE names a file that is empty']);
  t.match(problems(join(files, 'short')), [/^JWT_SECRET must NOT have fewer than 32 characters|^JWT_SECRET /]);
  t.strictSame(problems(join(files, 'short'), { JWT_SECRET: secret }), ['JWT_SECRET and JWT_SECRET_FILE are both set: set one of them']);
});
