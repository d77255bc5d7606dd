import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import t from 'tap';
import { enrollInFreeCourse } from '../../../src/commands/enrollments/enroll-in-free-course.js';
import { MOST_COURSES } from '../../../src/domain/shelf/decider.js';
import { takePlace } from '../../../src/commands/courses/course-places.js';
import { replacedFilesConsumer } from '../../../src/workers/course-files/remove-replaced-files.js';
import { contextFor } from '../../fixtures/command-services.js';
import { formOf } from '../users/form.js';
import { avatar, pictureOf, program } from '../users/pictures.js';
import { createEduproApp, type Caller } from './edupro-app.js';
import { videoOf, videoPart, videos } from './videos.js';

const app = await createEduproApp();
t.teardown(() => app.close());
const admin = await app.member('admin');
const ada = await app.teacher('ada');
const bob = await app.teacher('bob');
const student = await app.student(ada);
const { id: category } = (await app.send(admin, 'POST', '/course/category/create/', { name: 'Programming' })).body as { id: number };
const { id: music } = (await app.send(admin, 'POST', '/course/category/create/', { name: 'Music' })).body as { id: number };

const CREATE = '/course/create/';
const detail = (id: unknown): string => `/course/course-detail/${String(id)}`;
const update = (id: unknown): string => `/course/update/${String(id)}`;
const remove = (id: unknown): string => `/course/course-delete/${String(id)}`;
const valid = { title: 'Typescript', description: 'All of it', price: '49.9', is_free: false, category };
const free = { ...valid, price: 0, is_free: true };
const NOT_FOUND = { detail: 'Not found.' };
const DENIED = { detail: 'You do not have permission to perform this action.' };

const created = async (sent: object = {}, as: Caller = ada): Promise<string> => {
  const { status, body } = await app.send(as, 'POST', CREATE, { ...valid, ...sent });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body['id']);
};
const published = async (sent: object = {}, as: Caller = ada): Promise<string> => {
  const id = await created(sent, as);
  const { status, body } = await app.send(as, 'PATCH', update(id), { is_published: true });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return id;
};
const got = (url: unknown, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') => app.inject({ method, url: new URL(String(url)).pathname, headers });

t.test('3.1: a teacher creates a course by JSON', async (t) => {
  const { status, body } = await app.send(ada, 'POST', CREATE, { ...valid, trailer_video: null, thumbnail: '', is_published: true });
  t.equal(status, 201);
  const { id, created_at, ...rest } = body;
  t.match(id, /^[0-9a-f-]{36}$/);
  t.equal(new Date(String(created_at)).toISOString(), created_at);
  t.same(rest, {
    title: 'Typescript',
    description: 'All of it',
    trailer_video: null,
    price: '49.90',
    is_published: false,
    is_free: false,
    category: { id: category, name: 'Programming', icon: null },
    thumbnail: null,
    total_enrollments: 0,
    total_lessons: 0,
    total_reviews: 0,
    average_rating: 0,
    total_durations: 0,
  });
});

t.test('3.1: and by a form, with a picture and a trailer, which everybody may have', async (t) => {
  const texts = { title: 'Films', description: 'x'.repeat(20_000), price: '0', is_free: 'on', category: String(category) };
  const { status, body } = await app.form(ada, 'POST', CREATE, { ...texts, thumbnail: avatar(), trailer_video: videoPart(videoOf(300_000)) });
  t.equal(status, 201, JSON.stringify(body));
  t.match(body, { is_free: true, price: '0.00', thumbnail: /\/files\/thumbnails\/[0-9a-f-]{36}\.png$/, trailer_video: /\/files\/trailers\/[0-9a-f-]{36}\.mp4$/ });
  t.equal((await got(body['thumbnail'])).statusCode, 200);
  const whole = await got(body['trailer_video']);
  t.match(whole, { statusCode: 200, headers: { 'content-type': 'video/mp4', 'content-length': '300000', 'accept-ranges': 'bytes', 'x-content-type-options': 'nosniff' } });
  t.ok(whole.rawPayload.equals(videoOf(300_000)));
});

t.test('3.1: refusals name the field', async (t) => {
  const refused = async (sent: object, errors: object) => {
    const { status, body } = await app.send(ada, 'POST', CREATE, { ...valid, ...sent });
    t.same([status, body], [400, errors], JSON.stringify(sent));
  };
  const required = ['This field is required.'];
  t.same((await app.send(ada, 'POST', CREATE, {})).body, { title: required, description: required, price: required, is_free: required, category: required });
  await refused({ is_free: true }, { price: ['Price must be 0 for free courses'] });
  await refused({ price: '0.00' }, { price: ['Price must be greater than 0 for paid courses'] });
  await refused({ title: ' ' }, { title: ['This field may not be blank.'] });
  await refused({ title: 'x'.repeat(201) }, { title: ['Ensure this field has no more than 200 characters.'] });
  await refused({ price: 'x' }, { price: ['A valid number is required.'] });
  await refused({ price: -1 }, { price: ['Ensure this value is greater than or equal to 0.'] });
  await refused({ price: '1.001' }, { price: ['Ensure that there are no more than 2 decimal places.'] });
  await refused({ is_free: 'perhaps' }, { is_free: ['Must be a valid boolean.'] });
  await refused({ category: 999_999 }, { category: ['Invalid pk "999999" - object does not exist.'] });
  await refused({ category: 'x' }, { category: ['A valid integer is required.'] });
  await refused({ thumbnail: 'x' }, { thumbnail: ['The submitted data was not a file. Check the encoding type on the form.'] });
});

t.test('3.1: files that are none of those', async (t) => {
  const texts = { title: 'Files', description: 'x', price: '1', is_free: 'false', category: String(category) };
  const refused = async (files: object) => {
    const { status, body } = await app.form(ada, 'POST', CREATE, { ...texts, ...files });
    t.equal(status, 400);
    return body;
  };
  t.same(await refused({ thumbnail: avatar(program) }), { thumbnail: ['The image must be JPG or PNG.'] });
  t.same(await refused({ thumbnail: avatar(pictureOf(2 * 1_048_576 + 1)) }), { thumbnail: ['Image size must be less than 2MB.'] });
  t.same(await refused({ trailer_video: videoPart(program) }), { trailer_video: ['Unsupported extensions'] });
  t.same(await refused({ trailer_video: videoPart(Buffer.concat([videos.mp4, Buffer.alloc(100 * 1_048_576)])) }), { trailer_video: ['Video size must be less than 100MB.'] });
  t.same(await refused({ trailer_video: 'x' }), { trailer_video: ['must be a file'] });
  for (const [extension, content] of Object.entries(videos)) {
    const { body } = await app.form(ada, 'POST', CREATE, { ...texts, trailer_video: videoPart(content, 'x.exe') });
    t.match(body['trailer_video'], new RegExp(`\\.${extension}$`));
  }
});

t.test('a refused request leaves no file', async (t) => {
  const kept = new Set<string>();
  let puts = 0;
  const watching = await createEduproApp({
    services: ({ files, ...services }) => ({
      ...services,
      files: {
        ...files,
        get: (key, part) => files.get(key, part),
        stat: (key) => files.stat(key),
        put: async (key, content, options) => {
          const stored = await files.put(key, content, options);
          kept.add(key);
          puts += 1;
          return stored;
        },
        delete: async (key) => {
          await files.delete(key);
          kept.delete(key);
        },
      },
    }),
  });
  t.teardown(() => watching.close());
  const teacher = await watching.teacher();
  const files = { thumbnail: avatar(), trailer_video: videoPart(videos.mp4) };
  const refused = await watching.form(teacher, 'POST', CREATE, { ...files, title: 'x', description: 'x', price: '1', is_free: 'true', category: '7' });
  t.equal(refused.status, 400);
  t.equal((await watching.form(teacher, 'POST', CREATE, { ...files, thumbnail: avatar(program) })).status, 400);
  t.equal((await watching.form(teacher, 'PATCH', update('nothing'), files)).status, 404);
  t.equal((await watching.form(await watching.student(), 'POST', CREATE, files)).status, 403);
  t.same([...kept], []);
  t.equal(puts, 4, 'they were there');
});

t.test('3.1: for teachers alone', async (t) => {
  for (const caller of [student, admin]) t.same(await app.send(caller, 'POST', CREATE, valid).then(({ status, body }) => [status, body]), [403, DENIED]);
  t.equal((await app.send(null, 'POST', CREATE, valid)).status, 401);
});

t.test('3.1: the courses of a teacher have an end', async (t) => {
  const full = await app.teacher();
  for (let place = 0; place < MOST_COURSES; place += 1) {
    await takePlace(app.services.commands, { instructorId: full.accountId, courseId: `full-${place}` }, contextFor());
  }
  const { status, body } = await app.send(full, 'POST', CREATE, valid);
  t.same([status, body], [400, { non_field_errors: [`A teacher has at most ${MOST_COURSES} courses.`] }]);
});

t.test('3.3: who sees a course before it is published, and after', async (t) => {
  const id = await created();
  const seen = async (as: Caller | null) => (await app.send(as, 'GET', detail(id))).status;
  t.same(await Promise.all([seen(null), seen(student), seen(bob), seen(ada), seen(admin)]), [404, 404, 404, 200, 200]);
  await app.send(ada, 'PATCH', update(id), { is_published: 'true' });
  t.same(await Promise.all([seen(null), seen(student), seen(bob), seen(ada), seen(admin)]), [200, 200, 200, 200, 200]);
  await app.send(ada, 'PATCH', update(id), { is_published: false });
  t.same(await Promise.all([seen(null), seen(student), seen(bob), seen(ada)]), [404, 404, 404, 200]);
  for (const other of ['x', '00000000-0000-4000-8000-000000000000', '%00', 'x'.repeat(150)]) {
    const { status, body } = await app.send(ada, 'GET', detail(other));
    t.same([status, body], [404, NOT_FOUND], other);
  }
});

t.test('3.4: PUT asks for all that POST asks for, PATCH for any', async (t) => {
  const id = await created();
  const put = await app.send(ada, 'PUT', update(id), { ...valid, title: 'Rust', price: 5, category: music, is_published: true });
  t.match(put, { status: 200, body: { id, title: 'Rust', price: '5.00', is_published: true, category: { id: music, name: 'Music' } } });
  t.match(await app.send(ada, 'PUT', update(id), { title: 'x' }), { status: 400, body: { description: ['This field is required.'], price: ['This field is required.'] } });
  const patch = await app.send(ada, 'PATCH', update(id), { description: 'Less of it' });
  t.same(patch.body, { ...put.body, description: 'Less of it' });
  t.same((await app.send(ada, 'PATCH', update(id), {})).body, patch.body);
  t.same((await app.send(null, 'GET', detail(id))).body, patch.body);
});

t.test('3.4: free is what costs nothing, judged as the course will be', async (t) => {
  const id = await created();
  const patch = async (sent: object) => {
    const { status, body } = await app.send(ada, 'PATCH', update(id), sent);
    return status === 200 ? [body['price'], body['is_free']] : body;
  };
  const notZero = { price: ['Price must be 0 for free courses'] };
  const zero = { price: ['Price must be greater than 0 for paid courses'] };
  t.same(await patch({ is_free: true }), notZero, 'it still has its price');
  t.same(await patch({ is_free: true, price: 3 }), notZero);
  t.same(await patch({ is_free: false, price: 0 }), zero);
  t.same(await patch({ is_free: true, price: 0 }), ['0.00', true]);
  t.same(await patch({ is_free: true }), ['0.00', true]);
  t.same(await patch({ is_free: false }), zero);
  t.same(await patch({ price: 7 }), ['7.00', false], 'the price says it by itself');
  t.same(await patch({ price: 0 }), ['0.00', true]);
});

t.test('3.4: of a change that is refused nothing is carried out', async (t) => {
  const id = await created();
  const before = (await app.send(ada, 'GET', detail(id))).body;
  t.equal((await app.send(ada, 'PUT', update(id), { ...valid, title: 'Half', is_free: true, is_published: true })).status, 400);
  t.equal((await app.send(ada, 'PATCH', update(id), { title: 'Half', category: 999_999 })).status, 400);
  t.same((await app.send(ada, 'GET', detail(id))).body, before);
});

t.test('3.4: what lacks something that a published course has is not published', async (t) => {
  const marketplace = { title: 'Bare', description: '', level: 'advanced', category: 'Juggling', price: 3 };
  const { id } = (await app.inject({ method: 'POST', url: '/courses', headers: ada.headers, payload: marketplace })).json<{ id: string }>();
  await app.caughtUp();
  const { status, body } = await app.send(ada, 'PATCH', update(id), { is_published: true, title: 'Barer' });
  t.same([status, body], [400, { description: ['This field may not be blank.'] }]);
  t.match(await app.send(ada, 'GET', detail(id)), { status: 200, body: { title: 'Bare', category: null } }, 'the category is a text of its own');
  t.match(await app.send(ada, 'PATCH', update(id), { is_published: true, description: 'Not any more', category }), { status: 200, body: { is_published: true } });
});

t.test('3.4 and 3.5: of another teacher, 403 where everybody sees the course, else 404', async (t) => {
  const [draft, open] = [await created(), await published()];
  for (const caller of [bob]) {
    for (const [method, path] of [['PATCH', update], ['DELETE', remove]] as const) {
      const hidden = await app.send(caller, method, path(draft), { title: 'Mine' });
      t.same([hidden.status, hidden.body], [404, NOT_FOUND]);
      const denied = await app.send(caller, method, path(open), { title: 'Mine' });
      t.same([denied.status, denied.body], [403, DENIED]);
      const none = await app.send(caller, method, path('none'), { title: 'Mine' });
      t.same([none.status, none.body], [404, NOT_FOUND]);
    }
  }
  t.same((await app.send(student, 'PATCH', update(open), {})).status, 403);
  t.same((await app.send(null, 'DELETE', remove(open))).status, 401);
  t.match((await app.send(ada, 'GET', detail(open))).body, { title: 'Typescript' });
});

t.test('3.5: a deleted course is gone for all but those who have it', async (t) => {
  const id = await published(free);
  const enrolled = await enrollInFreeCourse(app.services.commands)({ studentId: student.accountId, courseId: id }, contextFor());
  t.ok(enrolled.ok);
  await app.caughtUp();
  t.match((await app.send(null, 'GET', detail(id))).body, { total_enrollments: 1 });
  const deleted = await app.send(ada, 'DELETE', remove(id));
  t.same([deleted.status, deleted.raw.body], [204, '']);
  for (const caller of [null, ada, bob]) t.equal((await app.send(caller, 'GET', detail(id))).status, 404);
  t.match(await app.send(student, 'GET', detail(id)), { status: 200, body: { id } });
  t.equal((await app.send(ada, 'DELETE', remove(id))).status, 404);
  t.equal((await app.send(ada, 'PATCH', update(id), { title: 'x' })).status, 404);
});

t.test('a replaced picture and trailer are removed by the worker, a kept one stays', async (t) => {
  const texts = { title: 'Replaced', description: 'x', price: '1', is_free: 'false', category: String(category) };
  const first = (await app.form(ada, 'POST', CREATE, { ...texts, thumbnail: avatar(), trailer_video: videoPart(videos.mp4) })).body;
  const second = (await app.form(ada, 'PATCH', update(first['id']), { thumbnail: avatar() })).body;
  t.equal(second['trailer_video'], first['trailer_video']);
  const consumer = replacedFilesConsumer({ handler: app.services.commands.handler, files: app.services.files });
  for await (const event of app.services.store.readAll()) if (consumer.categories.some((one) => event.stream.startsWith(`${one}-`))) await consumer.handle(event);
  const statuses = [first['thumbnail'], second['thumbnail'], first['trailer_video']].map(async (url) => (await got(url)).statusCode);
  t.same(await Promise.all(statuses), [404, 200, 200]);
});

t.test('trailers are served by ranges', async (t) => {
  const content = videoOf(10_000);
  const texts = { title: 'Ranges', description: 'x', price: '1', is_free: 'false', category: String(category) };
  const url = (await app.form(ada, 'POST', CREATE, { ...texts, trailer_video: videoPart(content) })).body['trailer_video'];
  for (const [range, first, last] of [['bytes=0-99', 0, 99], ['bytes=100-', 100, 9_999], ['bytes=-5', 9_995, 9_999], ['bytes=9999-20000', 9_999, 9_999], ['bytes=-99999', 0, 9_999]] as const) {
    const part = await got(url, { range });
    t.match(part, { statusCode: 206, headers: { 'content-range': `bytes ${first}-${last}/10000`, 'content-length': String(last - first + 1), 'content-type': 'video/mp4' } }, range);
    t.ok(part.rawPayload.equals(content.subarray(first, last + 1)), range);
  }
  for (const range of ['bytes=10000-', 'bytes=-0', 'bytes=20000-30000']) {
    const beyond = await got(url, { range });
    t.match(beyond, { statusCode: 416, headers: { 'content-range': 'bytes */10000' } }, range);
  }
  for (const range of ['bytes=5-1', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=-', 'bytes=x-1']) t.match(await got(url, { range }), { statusCode: 200, headers: { 'content-length': '10000' } }, range);
  const etag = String((await got(url)).headers.etag);
  t.match(await got(url, { range: 'bytes=0-9', 'if-range': '"x"' }), { statusCode: 200, headers: { 'content-length': '10000' } }, 'the beginning of another file');
  t.match(await got(url, { range: 'bytes=0-9', 'if-range': etag }), { statusCode: 206, headers: { etag } });
  for (const known of [etag, `"x", ${etag}`, `W/${etag}`, '*']) {
    const unchanged = await got(url, { 'if-none-match': known, range: 'bytes=0-9' });
    t.match([unchanged.statusCode, unchanged.body, unchanged.headers], [304, '', { etag, 'cache-control': /max-age/ }], known);
    t.notOk(unchanged.headers['content-type']);
  }
  t.match(await got(url, { 'if-none-match': '"x"' }), { statusCode: 200 });
  const head = await got(url, {}, 'HEAD');
  t.match(head, { statusCode: 200, headers: { 'content-length': '10000', 'accept-ranges': 'bytes' } });
  t.equal(head.rawPayload.length, 0);
  t.equal((await got('http://x/files/trailers/00000000-0000-4000-8000-000000000000.mp4')).statusCode, 404);
  t.equal((await got('http://x/files/trailers/..%2fthumbnails%2fx.mp4')).statusCode, 404);
});

t.test('what is sold on the marketplace is the same course', async (t) => {
  const id = await published({ title: 'Both' });
  const shown = async () => (await app.inject({ method: 'GET', url: `/courses/${id}` })).json<Record<string, unknown>>();
  t.match(await shown(), { title: 'Both', price: 49.9, category: 'Programming', level: 'beginner', instructorId: ada.accountId });
  const change = async (payload: object) => {
    const { statusCode, body } = await app.inject({ method: 'PATCH', url: `/courses/${id}`, headers: ada.headers, payload });
    if (statusCode !== 200) throw new Error(body);
    await app.caughtUp();
    return (await app.send(null, 'GET', detail(id))).body;
  };
  t.match(await change({ price: 0 }), { is_free: true, price: '0.00' });
  t.match(await change({ category: 'music' }), { category: { id: music, name: 'Music' } }, 'the name of a category is that category');
  t.match(await change({ category: 'Juggling' }), { category: null });
  t.match(await change({ category: 'PROGRAMMING' }), { category: { id: category } });
  const { thumbnail } = (await app.form(ada, 'PATCH', update(id), { thumbnail: avatar() })).body;
  t.match(await shown(), { thumbnailUrl: thumbnail });
  t.match(await change({ thumbnailUrl: 'https://pictures.example/x.png' }), { thumbnail: 'https://pictures.example/x.png' });
});

t.test('a category has its new name on both at once, and keeps its courses', async (t) => {
  const { id: renamed } = (await app.send(admin, 'POST', '/course/category/create/', { name: 'Before' })).body as { id: number };
  const id = await published({ category: renamed });
  await app.send(admin, 'PATCH', `/course/category/update/${renamed}`, { name: 'After' });
  await app.caughtUp();
  t.match((await app.send(null, 'GET', detail(id))).body, { category: { id: renamed, name: 'After' } });
  t.match((await app.inject({ method: 'GET', url: `/courses/${id}` })).json(), { category: 'After' });
  const { statusCode } = await app.inject({ method: 'PATCH', url: `/courses/${id}`, headers: ada.headers, payload: { category: 'After', title: 'Sent back' } });
  t.equal(statusCode, 200);
  await app.caughtUp();
  t.match((await app.send(null, 'GET', detail(id))).body, { title: 'Sent back', category: { id: renamed, name: 'After' } });
});

t.test('of many that publish and unpublish at once each is answered, and the course ends up as the log says', async (t) => {
  const id = await created();
  const answers = await Promise.all(Array.from({ length: 40 }, (_, place) => app.send(ada, 'PATCH', update(id), { is_published: place % 2 === 0, title: `Title ${place}` })));
  t.ok(answers.every(({ status }) => status === 200));
  await app.caughtUp();
  const shown = (await app.send(ada, 'GET', detail(id))).body;
  t.equal((await app.send(null, 'GET', detail(id))).status, shown['is_published'] === true ? 200 : 404);
  t.equal((await app.send(ada, 'PATCH', update(id), { is_published: true })).body['is_published'], true);
  t.equal((await app.send(null, 'GET', detail(id))).status, 200);
});

t.test('a video may take longer to come in than another body', async (t) => {
  const timeouts = { headersMs: 500, bodyMs: 1_000, uploadMs: 1_000_000, answerMs: 1_000_000 };
  const slow = await createEduproApp({ timeouts });
  t.teardown(() => slow.close());
  const teacher = await slow.teacher();
  const { body: made } = await slow.send(await slow.member('admin'), 'POST', '/course/category/create/', { name: 'Slow' });
  const { payload, contentType } = formOf({ title: 'Slow', description: 'x', price: '1', is_free: 'false', category: String(made['id']), trailer_video: videoPart(videoOf(50_000)) });
  const url = new URL(await slow.app.listen({ host: '127.0.0.1', port: 0 }));
  const post = (path: string, headers: Record<string, string>) => request({ host: url.hostname, port: url.port, method: 'POST', path, headers });

  const upload = post('/api/v1/course/create/', { ...teacher.headers, 'content-type': contentType, 'content-length': String(payload.length) });
  upload.write(payload.subarray(0, 20_000));
  const other = post('/auth/login', { 'content-type': 'application/json', 'content-length': '1000' });
  other.write('{');
  const [late] = (await once(other, 'response')) as [IncomingMessage];
  t.equal(late.statusCode, 408, 'it has had its second');
  upload.end(payload.subarray(20_000));
  const [answer] = (await once(upload, 'response')) as [IncomingMessage];
  t.equal(answer.statusCode, 201);
  answer.resume();
  await once(answer, 'end');
});
