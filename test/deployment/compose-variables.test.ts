import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { newSigningKey } from '../../src/adapters/embedded/checkpoint-signer.js';
import { loadConfig } from '../../src/config.js';
import { projectRoot } from '../project-root.js';

interface Service {
  readonly image?: string;
  readonly env_file?: unknown;
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
}

const read = async (file: string): Promise<Compose> => parse(await readFile(join(projectRoot, file), 'utf8'), { merge: true });

const documented = async (): Promise<readonly string[]> =>
  (await readFile(join(projectRoot, '.env.example'), 'utf8')).split('\n').flatMap((line) => /^([A-Z0-9_]+)=/.exec(line)?.[1] ?? []);

/** What a compose file says itself, because it is so in its containers. */
const settled: Readonly<Record<string, readonly string[]>> = {
  'docker-compose.yml': ['NODE_ENV', 'HOST', 'PORT', 'DATA_DIR'],
  'docs/compose.cluster.yml': ['NODE_ENV', 'HOST', 'PORT', 'DATA_DIR', 'ROLES', 'EVENTSTORE_URL', 'MONGODB_URL', 'NATS_URL', 'NATS_REPLICAS'],
};
const FOR_HTTP_ALONE = ['ADMIN_EMAIL', 'ADMIN_PASSWORD', 'SERVICE_API_KEY'];

/** Compose's interpolation: what is in the braces may hold braces itself. */
const interpolated = (text: string, values: Readonly<Record<string, string>>): string => {
  const inner = text.replace(/\$\{(\w+)(:?[-?])?([^${}]*)\}/g, (_all, name: string, operator = '', otherwise: string) => {
    const value = values[name];
    const isThere = value !== undefined && (value !== '' || !String(operator).startsWith(':'));
    return isThere ? value : String(operator).endsWith('-') ? otherwise : `a-secret-of-${'x'.repeat(32)}`;
  });
  return inner === text ? text : interpolated(inner, values);
};

for (const [file, ownWords] of Object.entries(settled)) {
  t.test(`issue 9.5: ${file} hands on every variable of .env.example`, async (t) => {
    const { services } = await read(file);
    const programs = Object.entries(services).filter(([, { environment }]) => environment?.['JWT_SECRET'] !== undefined);
    t.ok(programs.length > 0);
    for (const [name, { environment = {}, ports }] of programs) {
      const wanted = (await documented()).filter((variable) => ports !== undefined || !FOR_HTTP_ALONE.includes(variable));
      t.same(wanted.filter((variable) => environment[variable] === undefined), [], name);
      const handedOn = wanted.filter((variable) => !ownWords.includes(variable));
      t.same(handedOn.filter((variable) => environment[variable]?.startsWith(`\${${variable}`) !== true), [], `${name}: from the variable of that name`);
    }
  });

  t.test(`issue 9.5: ${file} opens ports where the proxy is, and its program takes the configuration`, async (t) => {
    const { services } = await read(file);
    for (const [name, { environment = {}, ports = [] }] of Object.entries(services)) {
      for (const port of ports) t.match(interpolated(port, {}), /^127\.0\.0\.1:/, name);
      if (environment['JWT_SECRET'] === undefined) continue;
      const values = { AUDIT_SIGNING_KEY: newSigningKey('registrar.example.org/audit').signingKey, PUBLIC_URL: 'https://shop.example', TRUST_PROXY: '172.18.0.1', MAIL_FROM: 'shop@shop.example', SMTP_URL: 'smtp://mail:1025' };
      const variables = Object.fromEntries(Object.entries(environment).map(([variable, text]) => [variable, interpolated(String(text), values)]));
      const config = loadConfig({ ...variables, DATA_DIR: t.testdir() });
      for (const url of [config.eventStoreUrl, config.mongodbUrl, config.natsUrl]) t.match(url, /^[a-z]+:\/\/\w+:a-secret-of-x+@/, `${name}: with credentials`);
    }
  });
}

t.test('issue 9.5: the servers of docker-compose.yml ask for these credentials', async (t) => {
  const { eventstore, mongodb, nats, mail } = (await read('docker-compose.yml')).services;
  t.equal(eventstore?.environment?.['EVENTSTORE_INSECURE'], undefined);
  t.match(eventstore?.environment, { EVENTSTORE_DEFAULT_ADMIN_PASSWORD: '${EVENTSTORE_PASSWORD:?}', EVENTSTORE_CERTIFICATE_FILE: String });
  t.match(mongodb?.environment, { MONGO_INITDB_ROOT_PASSWORD: '${MONGODB_PASSWORD:?}' });
  t.match(mongodb?.command?.join(' '), /--keyFile/);
  t.match(nats?.command, ['--jetstream', '--store_dir', '/data', '--http_port', '8222', '--user', 'registrar', '--pass', '${NATS_PASSWORD:?}']);
  t.match(mail?.environment, { MP_UI_AUTH: /MAIL_PASSWORD/ });
});

t.test('issue 18.8: no compose file hands variables of the program to EventStoreDB, which takes every EVENTSTORE_... for an option of its own', async (t) => {
  const variables = new Set(await documented());
  t.ok(variables.has('EVENTSTORE_URL'));
  for (const file of Object.keys(settled)) {
    const nodes = Object.entries((await read(file)).services).filter(([, { image }]) => image?.startsWith('eventstore/eventstore:') === true);
    t.ok(nodes.length > 0, file);
    for (const [name, { environment = {}, env_file: files }] of nodes) {
      t.same(Object.keys(environment).filter((variable) => variables.has(variable)), [], name);
      t.equal(files, undefined, name);
    }
  }
});
