import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { createTestApp } from '../fixtures/test-app.js';
import { projectRoot } from '../project-root.js';
import { endpointsOf, endpointsToCome, lacks, surfaces, type ApiDocument } from './contract.js';

const app = await createTestApp();
t.teardown(() => app.close());
const document = (await app.inject({ url: '/docs/json' })).json<ApiDocument>();
const toCome = await endpointsToCome();

for (const surface of surfaces) {
  t.test(`${surface}: what the contract documents is there, and what is there is no longer to come`, async (t) => {
    const endpoints = await endpointsOf(surface);
    const found = endpoints.map((endpoint) => ({ ...endpoint, missing: lacks(document, endpoint) }));
    const isToCome = ({ id }: { readonly id: string }): boolean => toCome[surface].includes(id);
    const lacking = found.filter((endpoint) => endpoint.missing.length > 0 && !isToCome(endpoint));
    t.same(lacking.map(({ method, path, missing }) => `${method} ${path}: no ${missing.join(', ')}`), []);
    t.same(found.filter((endpoint) => endpoint.missing.length === 0 && isToCome(endpoint)).map(({ id }) => id), [], 'take these out of to-come.json');
    t.same(toCome[surface].filter((id) => !endpoints.some((endpoint) => endpoint.id === id)), [], 'these are in no contract');
  });
}

/** Lies beside the repository where the contracts are kept, and is not needed. */
const checker = join(projectRoot, '../shared/contract/check.mjs');
const complete = surfaces.filter((surface) => toCome[surface].length === 0);

const runChecker = async (t: Test): Promise<void> => {
  const url = await app.app.listen({ port: 0, host: '127.0.0.1' });
  const { stdout } = await promisify(execFile)(process.execPath, [checker, url, ...complete]);
  t.same(stdout.split('\n').filter((line) => line.startsWith('missing')), []);
  for (const surface of complete) t.match(stdout, new RegExp(`^${surface}: implemented (\\d+) of \\1,`, 'm'));
};

if (existsSync(checker)) t.test('the checker of the contracts misses nothing of the surfaces that are complete', runChecker);
