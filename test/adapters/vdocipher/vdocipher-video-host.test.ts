import t, { type Test } from 'tap';
import { VdoCipherVideoHost } from '../../../src/adapters/vdocipher/vdocipher-video-host.js';
import { VideoHostFailed } from '../../../src/ports/video-host.js';
import { videoHostContract } from '../../contracts/video-host.js';
import { answerJson, API_SECRET, vdoCipherServer } from '../../fixtures/vdocipher-server.js';

const start = async (t: Test, options: { timeoutMs?: number; apiSecret?: string } = {}) => {
  const server = await vdoCipherServer(t);
  return { server, host: new VdoCipherVideoHost({ apiUrl: server.apiUrl, apiSecret: API_SECRET, timeoutMs: 2_000, ...options }) };
};

/** The sentence that people see. */
const failureOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'it did not fail',
    (error: unknown) => (error instanceof VideoHostFailed ? error.message : String(error)),
  );

videoHostContract('VdoCipher', async (t) => (await start(t)).host);

t.test('the requests are those of the reference, the secret in the header alone', async (t) => {
  const { server, host } = await start(t);
  const { videoId, ...upload } = await host.createUpload({ title: 'Fugues & more = 100 %?' });
  await host.statusOf(videoId);
  t.same(server.requests, ['PUT /api/videos?title=Fugues+%26+more+%3D+100+%25%3F', `GET /api/videos/${videoId}`]);
  t.same(upload, {
    uploadUrl: 'https://vdo-ap-southeast.s3-accelerate.amazonaws.com',
    uploadId: `orig/${videoId}`,
    fields: {
      policy: 'eyJleHBpcmF0aW9uIjoi',
      key: `orig/${videoId}`,
      'x-amz-signature': 'c0ffee',
      'x-amz-algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-date': '20260301T120000Z',
      'x-amz-credential': 'AKIA/20260301/ap-southeast-1/s3/aws4_request',
      success_action_status: '201',
      success_action_redirect: '',
    },
  });
});

t.test('a slash at the end of the URL changes nothing', async (t) => {
  const server = await vdoCipherServer(t);
  const host = new VdoCipherVideoHost({ apiUrl: `${server.apiUrl}/`, apiSecret: API_SECRET, timeoutMs: 2_000 });
  await host.createUpload({ title: 'x' });
  t.same(server.requests, ['PUT /api/videos?title=x']);
});

t.test('statuses, in whatever case', async (t) => {
  const { server, host } = await start(t);
  const told: readonly (readonly [string, object])[] = [
    ['Pre-Upload', { state: 'uploading' }],
    ['PRE-Upload', { state: 'uploading' }],
    ['Queued', { state: 'other', word: 'Queued' }],
    ['Processing', { state: 'other', word: 'Processing' }],
    ['ready', { state: 'ready' }],
    ['Encoding error', { state: 'failed' }],
    ['Failed', { state: 'failed' }],
  ];
  for (const [status, state] of told) {
    server.statuses.set('video', status);
    t.same(await host.statusOf('video'), state, status);
  }
});

t.test('a wrong secret is told without the secret', async (t) => {
  const { host } = await start(t, { apiSecret: 'wrong-secret' });
  for (const call of [host.createUpload({ title: 'x' }), host.statusOf('video')]) {
    t.equal(await failureOf(call), 'The video host does not accept VDOCIPHER_API_SECRET.');
  }
});

t.test('refusals of the host are told, each after one request', async (t) => {
  const { server, host } = await start(t);
  const refusals: readonly (readonly [status: number, body: unknown, sentence: string])[] = [
    [400, { message: 'The\n quota is  used up' }, 'The video host answered 400: The quota is used up.'],
    [400, { message: `secret ${API_SECRET} and ${API_SECRET}` }, 'The video host answered 400: secret *** and ***.'],
    [400, { message: 'x'.repeat(5_000) }, `The video host answered 400: ${'x'.repeat(200)}.`],
    [400, { message: 7 }, 'The video host answered 400.'],
    [401, {}, 'The video host does not accept VDOCIPHER_API_SECRET.'],
    [403, {}, 'The video host does not accept VDOCIPHER_API_SECRET.'],
    [429, {}, 'The video host has had too many requests. Try again later.'],
    [500, { message: 'at Object.<anonymous> (/srv/api.js:1:1)' }, 'The video host answered 500.'],
    [503, '<html>', 'The video host answered 503.'],
    [204, '', 'The video host answered 204.'],
  ];
  for (const [status, body, sentence] of refusals) {
    server.answerWith((_request, response) => answerJson(response, status, body));
    const before = server.requests.length;
    t.equal(await failureOf(host.createUpload({ title: 'x' })), sentence);
    t.equal(await failureOf(host.statusOf('video')), sentence);
    t.equal(server.requests.length - before, 2, 'nothing is tried again');
  }
  server.answerWith((_request, response) => answerJson(response, 404, {}));
  t.equal(await failureOf(host.createUpload({ title: 'x' })), 'The video host answered 404.');
});

t.test('an answer that is not one of this API is not understood', async (t) => {
  const { server, host } = await start(t);
  const payload = { policy: 'p', key: 'k', 'x-amz-signature': 's', 'x-amz-algorithm': 'a', 'x-amz-date': 'd', 'x-amz-credential': 'c', uploadLink: 'https://bucket.example' };
  const answers: readonly unknown[] = [
    '', 'no JSON', '{"videoId":', 'null', [], {}, { videoId: 'v' }, { clientPayload: payload }, { clientPayload: payload, videoId: 7 },
    { clientPayload: payload, videoId: '../x' }, { clientPayload: { ...payload, uploadLink: 'javascript:alert(1)' }, videoId: 'v' },
    { clientPayload: { ...payload, uploadLink: 'https://' }, videoId: 'v' }, { clientPayload: { ...payload, policy: '' }, videoId: 'v' },
    { status: '' }, { status: 1 }, { status: 'x'.repeat(101) },
  ];
  for (const answer of answers) {
    server.answerWith((_request, response) => answerJson(response, 200, answer));
    t.equal(await failureOf(host.createUpload({ title: 'x' })), 'The answer of the video host is not understood.', JSON.stringify(answer));
    t.equal(await failureOf(host.statusOf('video')), 'The answer of the video host is not understood.', JSON.stringify(answer));
  }
});

const OUT_OF_REACH = 'The video host can not be reached, or its answer broke off. Try again later.';

t.test('an answer without an end is not read to it', async (t) => {
  const { server, host } = await start(t);
  let written = 0;
  server.answerWith((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = (): void => {
      if (response.destroyed) return;
      written += 16_384;
      response.write('x'.repeat(16_384), () => setImmediate(more));
    };
    more();
  });
  t.equal(await failureOf(host.statusOf('video')), OUT_OF_REACH);
  t.ok(written < 50_000_000, `${written} bytes were written`);
});

t.test('a host that is silent, stops in the middle, redirects, hangs up or is not there', async (t) => {
  const { server, host } = await start(t, { timeoutMs: 300 });
  const LATE = 'The video host did not answer within 0.3 s. Try again later.';
  server.answerWith(() => undefined);
  t.equal(await failureOf(host.createUpload({ title: 'x' })), LATE);
  server.answerWith((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"status":');
  });
  t.equal(await failureOf(host.statusOf('video')), LATE);
  const before = server.requests.length;
  server.answerWith((_request, response) => response.writeHead(302, { location: '/api/videos/elsewhere' }).end());
  t.equal(await failureOf(host.statusOf('video')), OUT_OF_REACH);
  t.equal(server.requests.length - before, 1, 'the secret does not follow a redirect');
  server.answerWith((request) => request.socket.destroy());
  t.equal(await failureOf(host.statusOf('video')), OUT_OF_REACH);
  const nowhere = new VdoCipherVideoHost({ apiUrl: 'http://127.0.0.1:1/api', apiSecret: API_SECRET, timeoutMs: 2_000 });
  t.equal(await failureOf(nowhere.statusOf('video')), OUT_OF_REACH);
});
