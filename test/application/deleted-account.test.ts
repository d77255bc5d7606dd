import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { open } from 'lmdb';
import t from 'tap';
import { LogForReading } from '../../src/adapters/embedded/event-store/log-for-reading.js';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { eventSchemas } from '../../src/domain/events.js';
import { allProjections } from '../../src/projections/index.js';
import { avatar, marked } from '../http/users/pictures.js';
import { formOf } from '../http/users/form.js';
import { pay, publishCourse, RunningApplication, signUp, text, type Person } from './running-application.js';

const CANARY = /canary/iu;
const email = 'canary@example.com';
const billingData = {
  firstName: 'Canary', lastName: 'Canary', email: 'canary.billing@example.com', phoneNumber: '+49 canary', address: 'Canary Street 1', city: 'Canary', country: 'Canary',
};

/** The data of an event without the fields that its schema marks as personal or secret. */
const withoutPersonal = (type: string, data: object): unknown => {
  const properties: Readonly<Record<string, object>> = eventSchemas.get(type)?.data.properties ?? {};
  const isMarked = (name: string): boolean => 'x-personal' in (properties[name] ?? {}) || 'x-secret' in (properties[name] ?? {});
  return Object.fromEntries(Object.entries(data).filter(([name]) => !isMarked(name)));
};

/** The person fills in a profile and belongs to the teacher, who writes notes. */
const study = async (app: RunningApplication, { token }: Person, teacher: Person, key: () => Record<string, string>): Promise<void> => {
  await app.call({ method: 'PATCH', url: '/api/v1/student/update-profile/', token, payload: { bio: 'Canary', address: 'Canary Street 1' } });
  await app.call({ method: 'PUT', url: '/api/v2/user/update-user-info', token: teacher.token, payload: { username: 'ivo_teaches', password: 'correct horse' } });
  await app.call({ method: 'POST', url: '/api/v1/join-teacher/ivo_teaches/', token, headers: key() });
  const { body } = await app.call({ method: 'GET', url: '/api/v1/student/student-profile/ivo_teaches', token });
  const { id } = body.student as { id: number };
  await app.call({ method: 'PATCH', url: `/api/v1/teacher/get-student-profile/${id}`, token: teacher.token, payload: { notes: 'Canary is late' }, headers: key() });
};

/** The person pays the academy by proof, is invited to a group, and hands something in. */
const learn = async (app: RunningApplication, { token }: Person, { admin, other }: { admin: Person; other: Person }, key: () => Record<string, string>): Promise<void> => {
  const post = async (url: string, by: string, payload: object): Promise<string> => {
    const { body } = await app.call({ method: 'POST', url: `/academy${url}`, token: by, payload, headers: key() });
    return text((body.data as { id: unknown }).id);
  };
  const offered = async (level: string, price: number) => {
    const course = await post('/courses/admin', admin.token, { title: `${level} course`, description: 'Learn what there is to learn.', level });
    const bundle = await post('/packages', admin.token, { name: level, type: level, price });
    await app.call({ method: 'POST', url: `/academy/packages/${bundle}/courses`, token: admin.token, payload: { courseId: course } });
    return { course, bundle };
  };
  const entry = await offered('ENTRY', 49_000);
  const payment = await post('/payments', token, { packageId: entry.bundle, courseId: entry.course, type: 'UMUM', proofLink: 'https://canary.example/proof' });
  await app.call({ method: 'PATCH', url: `/academy/payments/${payment}/approve`, token: admin.token, headers: key() });
  const task = await post('/assignments', admin.token, { title: 'Task', description: 'Do it', courseId: entry.course });
  await post(`/submissions/${task}`, token, { fileUrl: 'https://canary.example/task' });
  const intermediate = await offered('INTERMEDIATE', 90_000);
  const members = [{ email, courseId: intermediate.course }];
  await post('/group-payments', other.token, { packageId: intermediate.bundle, creatorCourseId: intermediate.course, proofLink: 'https://drive.example/proof', members });
};

/** A person with everything that a person can have here; every change is sent with an Idempotency-Key. */
const live = async (app: RunningApplication, courseId: string, other: Person, admin: Person): Promise<{ person: Person; paymentId: string; chatId: string }> => {
  let keys = 0;
  const key = (): Record<string, string> => ({ 'idempotency-key': `key-${(keys += 1)}` });
  const picture = marked('canary');
  const form = formOf({
    email, username: 'canary_user', password: 'secure123', avatar: avatar(picture, 'canary.png'),
    fullname: JSON.stringify({ firstName: 'Canary', lastName: 'Canary' }),
  });
  await app.call({ method: 'POST', url: '/api/v2/user/create-user', payload: form.payload, headers: { 'content-type': form.contentType, ...key() } });
  const otp = await app.until(async () => /^ {4}(\d{6})\r?$/mu.exec((await app.mails()).find((mail) => mail.includes(email)) ?? '')?.[1]);
  const active = await app.call({ method: 'POST', url: '/api/v2/user/activation', payload: { email, otp } });
  const token = text(active.body.token);
  const profile = await app.call({ method: 'GET', url: '/users/profile', token });
  const person = { id: text(profile.body.id), token, email };
  await app.call({ method: 'PATCH', url: '/users/profile', token, payload: { name: 'Canary Renamed' }, headers: key() });
  const address = { addressType: 'home', city: 'Canary', address1: 'Canary Street 1' };
  await app.call({ method: 'PUT', url: '/api/v2/user/update-user-addresses', token, payload: address, headers: key() });
  await study(app, person, other, key);
  await learn(app, person, { admin, other }, key);
  const paid = await pay(app, person, [courseId], { billingData }, key());
  const paymentId = text(paid.body.id);
  const changed = { billingData: { ...billingData, city: 'Canary City' } };
  await app.call({ method: 'PATCH', url: `/payments/${paymentId}`, token, payload: changed, headers: key() });
  const chat = await app.call({ method: 'POST', url: '/chat', token, payload: { type: 'private', participants: [other.id], name: 'Canary and Ivo' }, headers: key() });
  const chatId = text(chat.body.id);
  for (const by of [token, other.token]) await app.call({ method: 'PATCH', url: `/chat/${chatId}`, token: by, payload: { name: `Canary ${by === token}` }, headers: key() });
  const message = { text: 'I live in Canary Street', clientMessageId: 'canary-1' };
  await app.call({ method: 'POST', url: `/chat/${chatId}/messages`, token, payload: message, headers: key() });
  return { person, paymentId, chatId };
};

const readModelsOf = async (folder: string): Promise<readonly unknown[]> => {
  const readModels = await LmdbReadModels.open({ folder: join(folder, 'read-models'), scanLimit: Number.MAX_SAFE_INTEGER });
  const collections = allProjections.flatMap((projection) => [...projection.collections]);
  const documents = await Promise.all(collections.map((collection) => readModels.find(collection, {})));
  await readModels.close();
  return documents.flat();
};

const answersOf = async (folder: string): Promise<readonly string[]> => {
  const root = open({ path: join(folder, 'answers'), noSubdir: false, readOnly: true, maxDbs: 2 });
  const entries = [...root.openDB<unknown, string>({ name: 'answers', encoding: 'msgpack' }).getRange()];
  await root.close();
  return entries.map(({ value }) => JSON.stringify(value));
};

const filesOf = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(join(folder, 'files'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(async ({ parentPath, name }) => name + (await readFile(join(parentPath, name), 'latin1'))));
};

t.test('pitfall 24: of a deleted account nothing is left but ids, amounts, and the marked fields of the log', async (t) => {
  const app = await RunningApplication.start(t);
  const admin = await signUp(app, 'ada', 'admin');
  const ivo = await signUp(app, 'ivo', 'instructor');
  const courseId = await publishCourse(app, ivo, 'Bookkeeping');
  const { person, paymentId, chatId } = await live(app, courseId, ivo, admin);
  const receipt = () => app.call({ method: 'GET', url: `/payments/${paymentId}`, token: admin.token });
  t.match(await receipt(), { body: { status: 'completed', billingData: { city: 'Canary City' } } });
  const rename = { method: 'PATCH', url: `/payments/${paymentId}`, token: admin.token, payload: { billingData }, headers: { 'idempotency-key': 'of-the-admin' } } as const;
  t.match(await app.call(rename), { body: { billingData: { firstName: 'Canary' } } }, 'an answer to somebody else names the account');
  await app.until(async () => (await app.mails()).filter((mail) => mail.includes(email)).length >= 3);
  await app.stop();
  t.match((await answersOf(app.folder)).join(), CANARY);
  t.match(JSON.stringify(await readModelsOf(app.folder)), CANARY);
  t.match((await filesOf(app.folder)).join(), CANARY);

  await app.boot();
  const deletion = { method: 'DELETE', url: `/api/v2/user/delete-user/${person.id}`, token: admin.token, headers: { 'idempotency-key': 'deletion' } } as const;
  t.equal((await app.call(deletion)).status, 201);
  await app.until(async () => (await receipt()).body.billingData === null);
  const chat = () => app.call({ method: 'GET', url: `/chat/${chatId}`, token: ivo.token });
  await app.until(async () => (await chat()).body.name === null);
  t.match((await chat()).body, { lastMessage: { senderId: person.id, text: null, clientMessageId: null } });
  await app.stop();

  t.notMatch((await answersOf(app.folder)).join(), CANARY, 'recorded answers');
  t.notMatch(JSON.stringify(await readModelsOf(app.folder)), CANARY, 'read models');
  t.notMatch((await filesOf(app.folder)).join(), CANARY, 'files');
  const log = LogForReading.open(join(app.folder, 'log'));
  const personal = new Set<string>();
  for await (const { stream, type, data, metadata } of log.readAll()) {
    t.notMatch(JSON.stringify([stream, withoutPersonal(type, data), metadata]), CANARY, `${type} of ${stream}`);
    if (CANARY.test(JSON.stringify(data))) personal.add(type);
  }
  await log.close();
  t.same([...personal].sort(), [
    'AccountEmailVerified', 'AccountProfileChanged', 'AccountRegistered', 'AssignmentHandedIn', 'ChatMessageSent', 'ChatOpened', 'ChatRenamed', 'PackagePaymentSubmitted', 'PaymentBillingChanged', 'PaymentBillingCreated', 'ProfileCreated',
    'StudentNotesChanged', 'UserAddressCreated',
  ], 'docs/deleted-accounts.md says what stays');
});
