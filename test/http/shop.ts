import type { InjectOptions } from 'fastify';
import { createTestApp, type SignedUp, type TestApp } from './test-app.js';
import { startWorkers } from './with-workers.js';

export type Answer = Readonly<{ status: number; body: Record<string, unknown> }>;

export interface Shop extends TestApp {
  readonly admin: SignedUp;
  readonly ada: SignedUp;
  readonly sam: SignedUp;
  readonly kim: SignedUp;
  /** Sends JSON in the name of an account (null: nobody) and answers status and body. */
  send(account: SignedUp | null, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, headers?: Record<string, string>): Promise<Answer>;
  /** A course of ada's, on sale. */
  course(price?: number, fields?: object): Promise<string>;
  coupon(fields?: object): Promise<string>;
  /** Until workers and read models have done all there is to do. */
  settled(): Promise<void>;
  purchase(courseIds: readonly string[], fields?: object): Record<string, unknown>;
}

export const billingData = {
  firstName: 'Sam',
  lastName: 'Lee',
  email: 'sam@example.org',
  phoneNumber: '+49 1',
  address: 'Street 1',
  city: 'Bonn',
  country: 'DE',
};

/** A test app with the people of a shop; `workers` has gateway, checkout and invoice numbering at work. */
export const openShop = async ({ workers = true } = {}): Promise<Shop> => {
  const app = await createTestApp();
  const working = workers ? startWorkers(app) : { settled: app.caughtUp, stop: () => Promise.resolve() };
  const admin = await app.signUp('admin');
  const ada = await app.signUp('instructor');
  const sam = await app.signUp('student');
  const kim = await app.signUp('student');

  const send: Shop['send'] = async (account, method, url, payload, headers = {}) => {
    const request: InjectOptions = { method, url, headers: { ...account?.headers, ...headers }, ...(payload === undefined ? {} : { payload }) };
    const { statusCode, body } = await app.inject(request);
    return { status: statusCode, body: JSON.parse(body) as Record<string, unknown> };
  };
  const created = async (account: SignedUp, url: string, payload: object): Promise<string> => {
    const { status, body } = await send(account, 'POST', url, payload);
    if (status !== 201) throw new Error(`${url} answered ${status}: ${JSON.stringify(body)}`);
    return String(body['id']);
  };
  const newCourse = { title: 'Fugues', description: 'How to', level: 'advanced', category: 'music', isPublished: true };
  const newCoupon = { code: 'SPRING', type: 'platform_wide', value: 20, valueType: 'percentage', applicableOn: 'both' };

  return {
    ...app,
    admin,
    ada,
    sam,
    kim,
    send,
    course: (price = 12.5, fields = {}) => created(ada, '/courses', { ...newCourse, price, ...fields }),
    coupon: (fields = {}) => created(admin, '/discounts', { ...newCoupon, ...fields }),
    settled: () => working.settled(),
    purchase: (courseIds, fields = {}) => ({
      userId: sam.id,
      courseIds,
      amount: 12.5,
      currency: 'USD',
      paymentMethod: 'card',
      billingData,
      ...fields,
    }),
    close: async () => {
      await working.stop();
      await app.close();
    },
  };
};
