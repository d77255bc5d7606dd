import t from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import type { Document } from '../../src/ports/read-models.js';
import { packagePaymentsProjection } from '../../src/projections/package-payments/projection.js';
import {
  existingPaymentsOfPayers,
  listPackagePayments,
  packagePaymentById,
  packagePaymentsByIds,
  packagePaymentsOf,
  packagePaymentsOfCourse,
  type PaymentOrder,
  type PaymentSearch,
} from '../../src/projections/package-payments/queries.js';
import { approved, bundled, deleted, grouped, minute, proofReplaced, submitted } from './package-payment-events.js';
import { Projected, recorded, type Published } from './projected.js';

const slice = { skip: 0, limit: 10 };
const search = { order: 'createdAt', direction: -1 } as const;
const readModelsOf = (...events: readonly Published[]) => new Projected(packagePaymentsProjection, recorded(events));

t.test('a payment waits as PAID until it is approved, and keeps what was paid for', async (t) => {
  const readModels = readModelsOf(submitted('p1', 'ada'));
  t.match(await packagePaymentById(readModels, 'p1'), {
    id: 'p1', payerId: 'ada', packageId: 'entry', packageName: 'Entry', packageType: 'ENTRY', price: 49_000, courseId: 'html',
    courses: [{ courseId: 'html', title: 'HTML' }], payerType: 'UMUM', proofLink: 'https://proofs.example/p1', status: 'PAID', isGroup: false, group: null,
    participantIds: ['ada'], createdAt: minute(0), updatedAt: minute(0),
  });
  const later = readModelsOf(submitted('p1', 'ada'), proofReplaced('p1', 'ada', 'https://proofs.example/other'), ...approved('p1', 'ada', 'ENTRY', [['ada', 'html']]));
  t.match(await packagePaymentById(later, 'p1'), { status: 'APPROVED', proofLink: 'https://proofs.example/other', createdAt: minute(0), updatedAt: minute(100) });
  t.match(await listPackagePayments(later, { ...search, status: 'APPROVED' }, slice), { total: 1 });
  t.match(await listPackagePayments(later, { ...search, status: 'PAID' }, slice), { total: 0 });
});

t.test('an approval under way, and one that was refused, change nothing', async (t) => {
  const stream = 'packagePurchases-ada';
  const begun: Published = [stream, { type: 'PackagePaymentApprovalBegun', data: { paymentId: 'p1', approvalId: 'a', begunAt: minute(1) } }];
  const refused: Published = [stream, {
    type: 'PackagePaymentApprovalRefused',
    data: { paymentId: 'p1', approvalId: 'a', reason: 'full', courseId: 'html', userId: null, used: 15, quota: 15, refusedAt: minute(2) },
  }];
  t.same(readModelsOf(submitted('p1', 'ada'), begun, refused).contents(), readModelsOf(submitted('p1', 'ada')).contents());
});

t.test('a deleted payment is in no list', async (t) => {
  const readModels = readModelsOf(submitted('p1', 'ada'), deleted('p1', 'ada'));
  t.same(readModels.contents(), {});
  t.same(await packagePaymentsByIds(readModels, ['p1']), [undefined]);
});

t.test('own payments are those of the payer and those of a group, the newest first', async (t) => {
  const readModels = readModelsOf(
    submitted('p1', 'bob', { submittedAt: minute(1) }),
    grouped('p2', 'ada', [['ada', 'react'], ['bob', 'vue']], { submittedAt: minute(2) }),
    submitted('p3', 'ada', { submittedAt: minute(3) }),
  );
  const idsOf = async (accountId: string) => (await packagePaymentsOf(readModels, accountId, slice)).payments.map(({ id }) => id);
  t.same([await idsOf('ada'), await idsOf('bob'), await idsOf('cid')], [['p3', 'p2'], ['p2', 'p1'], []]);
  t.same((await existingPaymentsOfPayers(readModels, ['bob', 'bob', 'cid'])).map(({ id }) => id), ['p1'], 'members of a group are no payers');
  t.match(await packagePaymentsOfCourse(readModels, 'vue', slice), { total: 1, payments: [{ id: 'p2' }] });
});

const many = (count: number): readonly Published[] =>
  Array.from({ length: count }, (_, index): readonly Published[] => {
    const [id, payer] = [`p${String(index).padStart(5, '0')}`, `u${index % 500}`];
    const changes = { submittedAt: minute(index), price: 40_000 + (index % 7), payerType: index % 3 === 0 ? 'DIKE' : 'UMUM' } as const;
    const made = index % 4 === 0 ? bundled(id, payer, changes) : index % 10 === 1 ? grouped(id, payer, [[payer, 'react'], ['zoe', 'vue']], changes) : submitted(id, payer, changes);
    const pairs = index % 4 === 0 ? [[payer, 'html'], [payer, 'react']] as const : [[payer, 'html']] as const;
    return index % 2 === 0 ? [made, ...approved(id, payer, index % 4 === 0 ? 'BUNDLE' : 'ENTRY', pairs)] : [made];
  }).flat();

const COUNT = 10_000;

t.test('of 10,000 payments each page is read by an index, whatever it is filtered and ordered by', async (t) => {
  const expected = new Projected(packagePaymentsProjection, recorded(many(COUNT)));
  const readModels = await LmdbReadModels.open({ folder: t.testdir(), strict: true, scanLimit: 30 });
  t.teardown(() => readModels.close());
  const { name, version, collections } = packagePaymentsProjection;
  const generation = await readModels.createGeneration(name, version, collections, new Date(0));
  const writes = Object.entries(expected.contents()).map(([key, document]: [string, Document]) => ({ collection: key.split('/')[0] ?? '', id: document.id, document, position: 1n }));
  await readModels.commit([{ generation, writes, checkpoint: 1n }]);
  await readModels.activate({ ...generation, checkpoint: 1n });

  const orders: readonly PaymentOrder[] = ['createdAt', 'updatedAt', 'price', 'status', 'payerType', 'isGroup'];
  const filters = [{}, { status: 'PAID' }, { payerType: 'DIKE', isGroup: false }, { status: 'APPROVED', payerType: 'UMUM', isGroup: true }] as const;
  const searches = orders.flatMap((order, place) => filters.map((filter, index): PaymentSearch => ({ ...filter, order, direction: (place + index) % 2 === 0 ? 1 : -1 })));
  const periods = [{ ...search, from: minute(5_000) }, { ...search, status: 'PAID', from: minute(20), to: minute(9_000) }] as const;
  for (const asked of [...searches, ...periods]) {
    const page = { skip: 660, limit: 25 };
    t.same(await listPackagePayments(readModels, asked, page), await listPackagePayments(expected, asked, page), JSON.stringify(asked));
    t.not(await listPackagePayments(readModels, asked, slice), 'too-many');
  }
  t.match(await listPackagePayments(readModels, { ...search, isGroup: true, status: 'APPROVED' }, slice), { total: 0 });
  t.match(await packagePaymentsOf(readModels, 'zoe', slice), { total: COUNT / 10 });
  t.equal((await packagePaymentsOfCourse(readModels, 'react', { skip: 2_000, limit: 20 })).payments.length, 20);
  t.equal((await existingPaymentsOfPayers(readModels, ['u1', 'u2'])).length, 8);
});

t.test('both ends of a period are included; in another order it may hold at most so many', async (t) => {
  const readModels = readModelsOf(...many(1_100));
  const period = { from: minute(10), to: minute(13) };
  t.match(await listPackagePayments(readModels, { ...search, ...period }, slice), { total: 4, payments: [{ createdAt: minute(13) }, {}, {}, { createdAt: minute(10) }] });
  const byPrice = await listPackagePayments(readModels, { order: 'price', direction: 1, ...period }, slice);
  t.match(byPrice, { total: 4, payments: [{ price: 40_003 }, { price: 40_004 }, { price: 40_005 }, { price: 40_006 }] });
  t.equal(await listPackagePayments(readModels, { order: 'price', direction: 1, from: minute(0) }, slice), 'too-many');
});
