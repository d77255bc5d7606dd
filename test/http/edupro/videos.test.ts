import t from 'tap';
import { VdoCipherVideoHost } from '../../../src/adapters/vdocipher/vdocipher-video-host.js';
import { drawnUp } from '../../fixtures/courses.js';
import { curriculumOf } from '../../fixtures/curricula.js';
import { answerJson, API_SECRET, vdoCipherServer } from '../../fixtures/vdocipher-server.js';
import { createEduproApp, type Caller } from './edupro-app.js';

const URL_OF_CREDENTIALS = '/course/create-vdocipher-upload-credentials/';

const server = await vdoCipherServer(t);
const app = await createEduproApp({ services: (services) => ({ ...services, videos: new VdoCipherVideoHost({ apiUrl: server.apiUrl, apiSecret: API_SECRET, timeoutMs: 500 }) }) });
t.teardown(() => app.close());
const teacher = await app.teacher();

t.test('a teacher gets what an upload needs', async (t) => {
  const { status, body, raw } = await app.send(teacher, 'POST', URL_OF_CREDENTIALS, { title: ' Fugues ' });
  t.equal(status, 200);
  t.match(body, {
    status: 'success',
    data: {
      upload_url: 'https://vdo-ap-southeast.s3-accelerate.amazonaws.com',
      upload_id: /^orig\/[0-9a-f]{32}$/,
      vdo_cipher_video_id: /^[0-9a-f]{32}$/,
      fields: { policy: String, key: /^orig\//, 'x-amz-signature': String, 'x-amz-algorithm': String, 'x-amz-date': String, 'x-amz-credential': String, success_action_status: '201' },
    },
  });
  t.notMatch(raw.body, API_SECRET);
  t.equal(server.requests.at(-1), 'PUT /api/videos?title=Fugues');
});

t.test('a title is required, and nothing is asked of the host without one', async (t) => {
  const before = server.requests.length;
  for (const body of [undefined, {}, { title: '' }, { title: '   ' }, { title: null }]) {
    t.match(await app.send(teacher, 'POST', URL_OF_CREDENTIALS, body), { status: 400, body: { error: 'Title is required.' } }, JSON.stringify(body));
  }
  for (const title of ['x'.repeat(256), 'a\nb', ['x'], { x: 1 }, true]) {
    const { status, body } = await app.send(teacher, 'POST', URL_OF_CREDENTIALS, { title });
    t.same([status, body], [400, { error: 'The title is one line of at most 255 characters.' }], JSON.stringify(title));
  }
  t.equal(server.requests.length, before);
});

t.test('who is no teacher gets none', async (t) => {
  const denied = { status: 403, body: { detail: 'You are not a Teacher.' } };
  t.match(await app.send(await app.student(teacher), 'POST', URL_OF_CREDENTIALS, { title: 'x' }), denied);
  t.match(await app.send(await app.member('admin'), 'POST', URL_OF_CREDENTIALS, { title: 'x' }), denied);
  t.match(await app.send(null, 'POST', URL_OF_CREDENTIALS, { title: 'x' }), { status: 401, body: { detail: 'Authentication credentials were not provided.' } });
});

t.test('errors of the host are told', async (t) => {
  t.teardown(() => server.answerWith(null));
  const refused = async (status: number, body: unknown): Promise<unknown> => {
    server.answerWith((_request, response) => answerJson(response, status, body));
    const answer = await app.send(teacher, 'POST', URL_OF_CREDENTIALS, { title: 'x' });
    t.equal(answer.status, 400);
    return answer.body;
  };
  t.same(await refused(400, { message: 'Quota exceeded' }), { error: 'The video host answered 400: Quota exceeded.' });
  t.same(await refused(500, {}), { error: 'The video host answered 500.' });
  t.same(await refused(200, {}), { error: 'The answer of the video host is not understood.' });
  server.answerWith(() => undefined);
  t.match(await app.send(teacher, 'POST', URL_OF_CREDENTIALS, { title: 'x' }), { status: 400, body: { error: 'The video host did not answer within 0.5 s. Try again later.' } });
});

t.test('without a host a teacher is told what has to be set', async (t) => {
  const without = await createEduproApp({ services: (services) => ({ ...services, videos: null }) });
  t.teardown(() => without.close());
  const { status, body } = await without.send(await without.teacher(), 'POST', URL_OF_CREDENTIALS, { title: 'x' });
  t.same([status, body], [400, { error: 'Videos are not configured: VDOCIPHER_API_SECRET has to be set.' }]);
});

t.test('a teacher has an end of uploads, and the sandbox works without configuration', async (t) => {
  const limited = await createEduproApp({ config: { rateLimit: true } });
  t.teardown(() => limited.close());
  const [busy, other] = [await limited.teacher(), await limited.teacher()];
  for (let count = 0; count < 60; count += 1) {
    const { status } = await limited.send(busy, 'POST', URL_OF_CREDENTIALS, { title: 'x' });
    if (status !== 200) t.fail(`upload ${count} answered ${status}`);
  }
  t.equal((await limited.send(busy, 'POST', URL_OF_CREDENTIALS, { title: 'x' })).status, 429);
  t.match(await limited.send(other, 'POST', URL_OF_CREDENTIALS, { title: 'x' }), { status: 200, body: { data: { vdo_cipher_video_id: /^sandbox-ready-/ } } });
});

t.test('the status of the video of a lesson', async (t) => {
  const keeper = { accountId: teacher.accountId, role: 'instructor' } as const;
  const courseId = await drawnUp(app.services.commands, { actor: keeper });
  const { module, lesson } = curriculumOf(app.services.commands, keeper, courseId);
  const moduleId = await module();
  const { body } = await app.send(teacher, 'POST', URL_OF_CREDENTIALS, { title: 'Fugues' });
  const videoId = String(Object(body['data'])['vdo_cipher_video_id']);
  const lessonId = await lesson(moduleId, { videoId, isFree: true });
  const [withoutVideo, withFile, withUnknown] = [await lesson(moduleId), await lesson(moduleId, { videoFile: 'videos/a.mp4' }), await lesson(moduleId, { videoId: 'elsewhere' })];
  await app.caughtUp();
  const check = (as: Caller | null, id = lessonId) => app.send(as, 'GET', `/video/check-status/${id}`);
  const nothing = { status: 404, body: { detail: 'Not found.' } };

  await t.test('as the host tells it', async (t) => {
    t.match(await check(teacher), { status: 200, body: { message: 'video is uploading' } });
    server.statuses.set(videoId, 'Queued');
    t.match(await check(teacher), { status: 200, body: { message: 'Video status: Queued' } });
    server.statuses.set(videoId, 'Encoding error');
    t.match(await check(teacher), { status: 400, body: { message: 'Video processing failed. Please try uploading again.' } });
    server.statuses.set(videoId, 'ready');
    t.match(await check(teacher), { status: 200, body: { message: 'video is ready' } });
    t.match(await app.send(teacher, 'GET', `/video/check-status/${lessonId}/`), { status: 200, body: { message: 'video is ready' } }, 'with a slash, too');
  });

  await t.test('a file is ready, and where there is no video there is no status', async (t) => {
    t.match(await check(teacher, withFile), { status: 200, body: { message: 'video is ready' } });
    for (const id of [withoutVideo, withUnknown, 'unknown', 'x'.repeat(200)]) t.match(await check(teacher, id), nothing, id);
  });

  await t.test('for the teacher of the lesson alone', async (t) => {
    const requests = server.requests.length;
    t.match(await check(await app.teacher()), nothing);
    const denied = { status: 403, body: { detail: 'You are not a Teacher.' } };
    t.match(await check(await app.student(teacher)), denied);
    t.match(await check(await app.member('admin')), denied);
    t.equal((await check(null)).status, 401);
    t.equal(server.requests.length, requests, 'the host is not asked for others');
  });

  await t.test('a host without an answer is no status, and no failed video', async (t) => {
    t.teardown(() => server.answerWith(null));
    server.answerWith((_request, response) => answerJson(response, 500, {}));
    t.match(await check(teacher), { status: 400, body: { message: 'The video host answered 500.' } });
    server.answerWith(() => undefined);
    t.match(await check(teacher), { status: 400, body: { message: 'The video host did not answer within 0.5 s. Try again later.' } });
  });
});
