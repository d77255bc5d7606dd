import t from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import type { Document } from '../../src/ports/read-models.js';
import { academyEnrollmentsProjection } from '../../src/projections/academy-enrollments/projection.js';
import {
  academyEnrollmentById,
  academyEnrollmentsByIds,
  academyEnrollmentsOf,
  countEnrolled,
  listAcademyEnrollments,
} from '../../src/projections/academy-enrollments/queries.js';
import { approved, minute } from './package-payment-events.js';
import { Projected, recorded, type Published } from './projected.js';

const slice = { skip: 0, limit: 10 };
const readModelsOf = (...events: readonly Published[]) => new Projected(academyEnrollmentsProjection, recorded(events));

const revoked = (studentId: string, courseId: string, grantId: string): Published => [
  `enrollment-${studentId}.${courseId}`,
  { type: 'AccessRevoked', data: { studentId, courseId, grantId, reason: 'ended', revokedAt: minute(120) } },
];

const reported = (studentId: string, courseId: string, progress: number): Published => [
  `enrollment-${studentId}.${courseId}`,
  { type: 'CourseProgressReported', data: { studentId, courseId, progress, reportedAt: minute(115) } },
];

const group = approved('p1', 'ada', 'INTERMEDIATE', [['ada', 'react'], ['bob', 'vue']]);

t.test('an approved payment enrolls each participant in an own course', async (t) => {
  const readModels = readModelsOf(...group);
  t.match(await academyEnrollmentById(readModels, 'p1.bob.vue'), {
    id: 'p1.bob.vue', paymentId: 'p1', userId: 'bob', courseId: 'vue', packageId: 'package', status: 'ENROLLED', progress: 0, createdAt: minute(100), updatedAt: minute(100),
  });
  t.same([await countEnrolled(readModels, 'bob'), await countEnrolled(readModels, 'cid')], [1, 0]);
  t.same((await academyEnrollmentsByIds(readModels, ['p1.ada.react', 'p2'])).map((enrollment) => enrollment?.id), ['p1.ada.react', undefined]);
});

t.test('it ends with the grant of its payment, not with another', async (t) => {
  const readModels = readModelsOf(...group, revoked('bob', 'vue', 'a coupon'), revoked('ada', 'react', 'p1'));
  t.match(await academyEnrollmentById(readModels, 'p1.bob.vue'), { status: 'ENROLLED', updatedAt: minute(100) });
  t.match(await academyEnrollmentById(readModels, 'p1.ada.react'), { status: 'NOT_ENROLLED', updatedAt: minute(120), createdAt: minute(100) });
  t.same([await countEnrolled(readModels, 'ada'), await countEnrolled(readModels, 'bob')], [0, 1]);
  t.match(await academyEnrollmentsOf(readModels, 'ada', slice), { total: 1, enrollments: [{ status: 'NOT_ENROLLED' }] });
});

t.test('progress is told of the enrollment that is open, and kept for the next one', async (t) => {
  const again = approved('p2', 'ada', 'INTERMEDIATE', [['ada', 'react']]);
  const readModels = readModelsOf(...group, reported('ada', 'react', 40), revoked('ada', 'react', 'p1'), ...again, reported('ada', 'react', 62.5));
  t.match(await academyEnrollmentById(readModels, 'p1.ada.react'), { status: 'NOT_ENROLLED', progress: 40 });
  t.match(await academyEnrollmentById(readModels, 'p2.ada.react'), { status: 'ENROLLED', progress: 62.5, updatedAt: minute(115) });
  t.match(await academyEnrollmentById(readModels, 'p1.bob.vue'), { progress: 0 });

  const before = readModelsOf(reported('ada', 'react', 15), ...group);
  t.match(await academyEnrollmentById(before, 'p1.ada.react'), { progress: 15 }, 'of somebody who had the course already');
});

t.test('what other grants and payments do is none of it', (t) => {
  t.same(readModelsOf(revoked('ada', 'react', 'p1')).contents(), {});
  t.end();
});

/** Of 50 people in 40 courses by 4 packages, every third one ended. */
const many = (count: number): readonly Published[] =>
  Array.from({ length: count }, (_, index): readonly Published[] => {
    const [paymentId, userId, courseId] = [`p${String(index).padStart(5, '0')}`, `u${index % 50}`, `c${Math.floor(index / 50) % 40}`];
    const [stream, enrollments] = [`packagePurchases-${userId}`, [{ enrollmentId: `e${String(index).padStart(5, '0')}`, userId, courseId }]];
    const data = { paymentId, approvalId: paymentId, payerId: userId, packageId: `k${index % 4}`, packageType: 'ENTRY', enrollments, approvedAt: minute(index) } as const;
    const opened: Published = [stream, { type: 'PackagePaymentApproved', data }];
    return index % 3 === 0 ? [opened, revoked(userId, courseId, paymentId)] : [opened];
  }).flat();

t.test('of 2,000 enrollments each page is read by an index, whatever it is filtered by', async (t) => {
  const expected = readModelsOf(...many(2_000));
  const readModels = await LmdbReadModels.open({ folder: t.testdir(), strict: true, scanLimit: 30 });
  t.teardown(() => readModels.close());
  const { name, version, collections } = academyEnrollmentsProjection;
  const generation = await readModels.createGeneration(name, version, collections, new Date(0));
  const writes = Object.entries(expected.contents()).map(([key, document]: [string, Document]) => ({ collection: key.split('/')[0] ?? '', id: document.id, document, position: 1n }));
  await readModels.commit([{ generation, writes, checkpoint: 1n }]);
  await readModels.activate({ ...generation, checkpoint: 1n });

  const all = (await listAcademyEnrollments(expected, {}, { skip: 0, limit: 2_000 })).enrollments;
  t.equal(all.length, 2_000);
  const [status, userId, courseId, packageId] = ['ENROLLED', 'u7', 'c3', 'k1'] as const;
  const wanted = { status, userId, courseId, packageId };
  const names = ['status', 'userId', 'courseId', 'packageId'] as const;
  for (let mask = 0; mask < 16; mask += 1) {
    const filter = Object.fromEntries(names.flatMap((each, place) => (mask & (1 << place) ? [[each, wanted[each]]] : [])));
    for (const period of [{}, { from: minute(100), to: minute(1_500) }, { from: minute(1_157) }, { to: minute(157) }]) {
      const search = { ...filter, ...period };
      const { from = '', to = '9' } = { from: undefined, to: undefined, ...period };
      const matching = all.filter((each) => names.every((field) => filter[field] === undefined || filter[field] === each[field]) && each.createdAt >= from && each.createdAt <= to);
      const found = await listAcademyEnrollments(readModels, search, { skip: 1, limit: 20 });
      t.same(found.enrollments, matching.slice(1, 21), JSON.stringify(search));
      t.equal(found.total, matching.length);
    }
  }
  t.same(all.map(({ createdAt }) => createdAt), all.map(({ createdAt }) => createdAt).toSorted().toReversed(), 'the newest first');
  t.equal(await countEnrolled(readModels, 'u7'), all.filter((each) => each.userId === 'u7' && each.status === 'ENROLLED').length);
});
