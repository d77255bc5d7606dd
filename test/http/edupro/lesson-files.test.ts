import t from 'tap';
import type { HttpServices } from '../../../src/http/http-services.js';
import { watchedFiles } from '../../fixtures/watched-files.js';
import { pictureOf, pictures, program } from '../users/pictures.js';
import { archive, documentPart, documents, lateDocx, latePptx, xlsx } from './documents.js';
import type { Answer, Member } from './edupro-app.js';
import { createSchool } from './school.js';
import { videoOf, videoPart, videos } from './videos.js';

const kept = new Set<string>();
/** The file store of production, which says what is in it. */
const watched = ({ files, ...services }: HttpServices): HttpServices => ({ ...services, files: watchedFiles(files, kept) });

const app = await createSchool({ services: watched });
t.teardown(() => app.close());

const teacher = await app.teacher('ivo');
const otherTeacher = await app.teacher('eve');
const admin = await app.member('admin', 'root');
const student = await app.student(teacher, 'sam');
const courseId = await app.course(teacher);
const closed = { status: 403, body: { detail: "You don't have permission to access this lesson." } };
const nothing = { status: 404, body: { detail: 'Not found.' } };

let orders = 0;
const post = (moduleId: string, fields: Parameters<typeof app.form>[3], as: Member = teacher): Promise<Answer> => {
  orders += 1;
  return app.form(as, 'POST', `/modules/${moduleId}/lessons/create/`, { title: 'Canon', order: String(orders), is_published: 'true', ...fields });
};
const moduleId = await app.module(teacher, courseId, 1);
const path = (url: unknown): string => new URL(String(url)).pathname.replace('/api/v1', '');
const fetched = (as: Member | null, url: unknown, headers: Record<string, string> = {}) =>
  app.inject({ method: 'GET', url: new URL(String(url)).pathname, headers: { ...as?.headers, ...headers } });

t.beforeEach(() => {
  kept.clear();
});

t.test('videos are kept by what is in them', async (t) => {
  const types = { mp4: 'video/mp4', mov: 'video/quicktime', webm: 'video/webm' } as const;
  for (const name of ['mp4', 'mov', 'webm'] as const) {
    const { status, body } = await post(moduleId, { video: videoPart(videos[name], 'lesson.exe') });
    t.equal(status, 201, name);
    t.equal(body['video_url'], `http://localhost:8000/api/v1/lessons/${String(body['id'])}/video`);
    const file = await fetched(teacher, body['video_url']);
    t.match([file.statusCode, file.headers['content-type']], [200, types[name]]);
    t.ok(file.rawPayload.equals(videos[name]));
  }
  const mkv = Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x8b, 0x42, 0x82, 0x88]), Buffer.from('matroska'), Buffer.alloc(64)]);
  t.equal((await fetched(teacher, (await post(moduleId, { video: videoPart(mkv) })).body['video_url'])).headers['content-type'], 'video/matroska');
  kept.clear();
  for (const content of [program, pictures.png, documents.pdf, Buffer.from('text')]) {
    t.match(await post(moduleId, { video: videoPart(content) }), { status: 400, body: { video: ['Unsupported extensions'] } });
  }
  t.same([...kept], []);
});

t.test('documents are kept by what is in them', async (t) => {
  const office = 'application/vnd.openxmlformats-officedocument';
  const taken: readonly (readonly [Buffer, string, string, string])[] = [
    [documents.pdf, 'a.exe', 'application/pdf', 'pdf'],
    [documents.docx, 'a.docx', `${office}.wordprocessingml.document`, 'docx'],
    [documents.pptx, 'a', `${office}.presentationml.presentation`, 'pptx'],
    [lateDocx, 'a.zip', `${office}.wordprocessingml.document`, 'docx'],
    [latePptx, 'a.pptx', `${office}.presentationml.presentation`, 'pptx'],
    [documents.doc, 'A.DOC', 'application/msword', 'doc'],
    [documents.ppt, 'a.ppt', 'application/vnd.ms-powerpoint', 'ppt'],
  ];
  for (const [content, filename, contentType, extension] of taken) {
    const { status, body } = await post(moduleId, { document: documentPart(content, filename) });
    t.equal(status, 201, filename);
    t.equal(body['document_url'], `http://localhost:8000/api/v1/lessons/${String(body['id'])}/document`);
    const file = await fetched(teacher, body['document_url']);
    t.same([file.statusCode, file.headers['content-type'], file.headers['content-disposition']], [200, contentType, `attachment; filename="document.${extension}"`]);
    t.ok(file.rawPayload.equals(content));
  }
  kept.clear();
  const refused: readonly (readonly [Buffer, string])[] = [
    [xlsx, 'a.docx'],
    [archive, 'a.docx'],
    [documents.doc, 'a.xls'],
    [program, 'a.pdf'],
    [Buffer.from('<html>'), 'a.doc'],
  ];
  for (const [content, filename] of refused) {
    t.match(await post(moduleId, { document: documentPart(content, filename) }), { status: 400, body: { document: ['The file must be in PDF or Word or powerpoint format.'] } }, filename);
  }
  const large = Buffer.concat([documents.pdf, Buffer.alloc(20 * 1_048_576)]);
  t.match(await post(moduleId, { document: documentPart(large, 'a.pdf') }), { status: 400, body: { document: ['The document must be at most 20 MB.'] } });
  t.same([...kept], []);
});

t.test('thumbnails are JPG or PNG of at most 2 MB, for everybody', async (t) => {
  for (const content of [pictures.jpg, pictures.png]) {
    const { status, body } = await post(moduleId, { thumbnail: { content, filename: 'a.png' } });
    t.equal(status, 201);
    t.equal((await fetched(null, body['thumbnail_url'])).statusCode, 200);
  }
  kept.clear();
  t.match(await post(moduleId, { thumbnail: { content: pictures.gif, filename: 'a.png' } }), { status: 400, body: { thumbnail: ['The image must be JPG or PNG or jpeg.'] } });
  t.match(await post(moduleId, { thumbnail: { content: pictureOf(2 * 1_048_576 + 1), filename: 'a.png' } }), { status: 400, body: { thumbnail: ['Image larger than 2 MB'] } });
  t.same([...kept], []);
});

const everything = { video: videoPart(videos.mp4), document: documentPart(documents.pdf, 'a.pdf'), thumbnail: { content: pictures.png, filename: 'a.png' } };

t.test('a refused request leaves no file', async (t) => {
  t.equal((await post(moduleId, { ...everything, order: '0' })).status, 400);
  t.equal((await post(moduleId, { ...everything, title: '' })).status, 400);
  t.equal((await post(moduleId, { ...everything, vdo_cipher_video_id: 'abc' })).status, 400);
  t.equal((await post(moduleId, everything, otherTeacher)).status, 403);
  t.equal((await post('nothing', everything)).status, 404);
  t.equal((await post(moduleId, everything, student)).status, 403);
  t.same([...kept], []);
});

t.test('a lesson has a video file or one at the host', async (t) => {
  t.match(await post(moduleId, { video: videoPart(videos.mp4), vdo_cipher_video_id: 'abc' }), { status: 400, body: { video: ['Send a file, or the id of a video at the host, not both.'] } });
  const { body } = await post(moduleId, { video: videoPart(videos.mp4) });
  const url = `/lessons/${String(body['id'])}/update/`;
  t.equal(kept.size, 1);
  t.match(await app.send(teacher, 'PATCH', url, { vdo_cipher_video_id: 'abc' }), { status: 200, body: { video_url: null, vdo_cipher_video_id: 'abc' } });
  t.same([...kept], [], 'the file is gone');
  t.equal((await fetched(teacher, body['video_url'])).statusCode, 404);
  t.match(await app.form(teacher, 'PATCH', url, { video: videoPart(videos.mp4) }), { status: 200, body: { video_url: body['video_url'], vdo_cipher_video_id: null } });
});

t.test('replaced files go, and those of deleted lessons and modules', async (t) => {
  const own = await app.module(teacher, courseId, 2);
  const first = await post(own, everything);
  const before = [...kept];
  t.equal(before.length, 3);
  const replaced = await app.form(teacher, 'PATCH', `/lessons/${String(first.body['id'])}/update/`, everything);
  t.equal(replaced.status, 200);
  t.equal(kept.size, 3);
  t.notOk(before.some((key) => kept.has(key)));
  t.equal((await app.form(teacher, 'PATCH', `/lessons/${String(first.body['id'])}/update/`, { ...everything, order: '0' })).status, 400);
  t.equal(kept.size, 3);
  await post(own, everything);
  t.equal(kept.size, 6);
  t.equal((await app.send(teacher, 'DELETE', `/lessons/${String(first.body['id'])}/delete/`)).status, 200);
  t.equal(kept.size, 3);
  t.equal((await app.send(teacher, 'DELETE', `/modules/${own}/delete/`)).status, 200);
  t.same([...kept], []);
});

t.test('of ten replacements at once one file stays', async (t) => {
  const { body } = await post(moduleId, { video: videoPart(videos.mp4) });
  const url = `/lessons/${String(body['id'])}/update/`;
  const answers = await Promise.all(Array.from({ length: 10 }, () => app.form(teacher, 'PATCH', url, { video: videoPart(videos.mp4) })));
  t.same(new Set(answers.map(({ status }) => status)), new Set([200]));
  t.equal(kept.size, 1);
  t.equal((await fetched(teacher, body['video_url'])).statusCode, 200);
});

t.test('videos and documents come by byte ranges', async (t) => {
  const content = videoOf(10_000);
  const { body } = await post(moduleId, { video: videoPart(content), document: documentPart(documents.pdf, 'a.pdf') });
  const part = await fetched(teacher, body['video_url'], { range: 'bytes=100-199' });
  t.match([part.statusCode, part.headers['content-range'], part.headers['content-length'], part.headers['accept-ranges']], [206, 'bytes 100-199/10000', '100', 'bytes']);
  t.ok(part.rawPayload.equals(content.subarray(100, 200)));
  const end = await fetched(teacher, body['document_url'], { range: 'bytes=-5' });
  t.equal(end.statusCode, 206);
  t.ok(end.rawPayload.equals(documents.pdf.subarray(-5)));
  const beyond = await fetched(teacher, body['video_url'], { range: 'bytes=10000-' });
  t.match([beyond.statusCode, beyond.headers['content-range']], [416, 'bytes */10000']);
  t.match((await fetched(teacher, body['video_url'])).headers, { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" });
});

t.test('each request for a file asks who may open the lesson', async (t) => {
  const { body } = await post(moduleId, everything);
  const lessonId = String(body['id']);
  const owner = await app.student(teacher);
  const inPart = await app.student(teacher);
  await app.open(owner, courseId);
  await app.open(inPart, courseId, moduleId);
  for (const url of [body['video_url'], body['document_url']]) {
    for (const caller of [teacher, admin, owner, inPart]) t.equal((await fetched(caller, url)).statusCode, 200, caller.username);
    for (const caller of [student, otherTeacher]) t.match(await app.send(caller, 'GET', path(url)), closed, caller.username);
    t.equal((await fetched(null, url)).statusCode, 401);
    await app.teach('BlockStudent', teacher, owner);
    t.match(await app.send(owner, 'GET', path(url)), closed);
    await app.teach('UnblockStudent', teacher, owner);
    t.equal((await fetched(owner, url)).statusCode, 200);
  }
  await app.send(teacher, 'PATCH', `/lessons/${lessonId}/update/`, { is_published: false });
  t.match(await app.send(owner, 'GET', path(body['video_url'])), nothing);
  await app.send(teacher, 'PATCH', `/lessons/${lessonId}/update/`, { is_published: true, is_free: true });
  const shown = (await app.send(student, 'GET', `/lessons/${lessonId}/`)).body;
  t.equal((await fetched(student, shown['document_url'])).statusCode, 200);
  await app.endAccess(inPart, courseId);
  t.equal((await fetched(inPart, body['video_url'])).statusCode, 200, 'free now');
});

t.test('no file of a lesson is public', async (t) => {
  await post(moduleId, everything);
  const secret = [...kept].filter((key) => !key.startsWith('lessons/'));
  t.equal(secret.length, 2);
  for (const key of secret) t.equal((await app.inject({ method: 'GET', url: `/files/${key}` })).statusCode, 404, key);
});

t.test('a lesson without files has none to fetch', async (t) => {
  const lessonId = await app.lesson(teacher, moduleId, 5_000);
  for (const name of ['video', 'document']) {
    t.match(await app.send(teacher, 'GET', `/lessons/${lessonId}/${name}`), nothing);
    t.match(await app.send(teacher, 'GET', `/lessons/nothing/${name}`), nothing);
  }
});
