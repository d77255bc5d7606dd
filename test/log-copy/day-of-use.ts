import { join } from 'node:path';
import type { Test } from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { allProjections } from '../../src/projections/index.js';
import { pay, publishCourse, RunningApplication, signUp, text } from '../application/running-application.js';

/** Every document of every read model, as it would be printed. */
export const documentsIn = async (folder: string): Promise<Readonly<Record<string, string>>> => {
  const readModels = await LmdbReadModels.open({ folder: join(folder, 'read-models'), scanLimit: Number.MAX_SAFE_INTEGER });
  const documents: Record<string, string> = {};
  for (const { collections } of allProjections) {
    for (const collection of collections) {
      for (const document of await readModels.find(collection, {})) {
        documents[`${collection.projection}/${collection.name}/${document.id}`] = JSON.stringify(document);
      }
    }
  }
  await readModels.close();
  return documents;
};

/** A shop in which things were bought, declined, paid in cash and refunded; it runs. */
export const dayOfUse = async (t: Test): Promise<RunningApplication> => {
  const app = await RunningApplication.start(t);
  const admin = await signUp(app, 'ada', 'admin');
  const teacher = await signUp(app, 'ivo', 'instructor');
  const sam = await signUp(app, 'sam', 'student');
  const kim = await signUp(app, 'kim', 'student');
  const courses = [await publishCourse(app, teacher, 'One', { description: 'One\u2028line' }), await publishCourse(app, teacher, 'Two', { capacity: 2 })];
  const payload = { code: 'HALF', type: 'platform_wide', value: 50, valueType: 'percentage', applicableOn: 'both', maxUses: 2 };
  await app.call({ method: 'POST', url: '/discounts', token: admin.token, payload });
  const [one = '', two = ''] = courses;
  const bought = await pay(app, sam, [one, two]);
  await pay(app, kim, [one], { discountCode: 'HALF', amount: 20 });
  await pay(app, kim, [two], { paymentToken: 'sandbox-declined' });
  await pay(app, kim, [two], { paymentMethod: 'cash' });
  await app.call({ method: 'PATCH', url: `/payments/${text(bought.body.id)}`, token: admin.token, payload: { status: 'refunded', amount: 5 } });
  await app.settle();
  return app;
};
