import t, { type Test } from 'tap';
import { SandboxVideoHost } from '../../src/adapters/embedded/video-host.js';
import { VdoCipherVideoHost } from '../../src/adapters/vdocipher/vdocipher-video-host.js';
import { createLogger } from '../../src/composition/logger.js';
import { openAdapters } from '../../src/composition/open-adapters.js';
import { loadConfig } from '../../src/config.js';
import { answerJson, API_SECRET, vdoCipherServer } from '../fixtures/vdocipher-server.js';

const production = { NODE_ENV: 'production', AUDIT: 'off', JWT_SECRET: 'x'.repeat(32), COOKIE_SECRET: 'y'.repeat(32) };

const videosOf = async (t: Test, variables: Readonly<Record<string, string>>) => {
  const config = loadConfig({ ...variables, DATA_DIR: t.testdir() });
  const parts = await openAdapters(config, createLogger('silent'), new AbortController().signal, () => undefined);
  t.teardown(() => parts.close());
  return parts.videos;
};

t.test('without a secret there is a sandbox', async (t) => {
  t.ok((await videosOf(t, {})) instanceof SandboxVideoHost);
});

t.test('without a secret production has no video host', async (t) => {
  t.equal(await videosOf(t, production), null);
});

t.test('with a secret the host is VdoCipher, at the URL that is configured', async (t) => {
  const server = await vdoCipherServer(t);
  const videos = await videosOf(t, { ...production, VDOCIPHER_API_SECRET: API_SECRET, VDOCIPHER_API_URL: server.apiUrl });
  t.ok(videos instanceof VdoCipherVideoHost);
  server.answerWith((_request, response) => answerJson(response, 200, { status: 'ready' }));
  t.same(await videos?.statusOf('video'), { state: 'ready' });
});
