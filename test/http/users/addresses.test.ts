import t from 'tap';
import { createUsersApp } from './users-app.js';

interface Address {
  readonly _id: string;
  readonly city?: string;
}

const app = await createUsersApp();
t.teardown(() => app.close());

const keep = (payload: object, headers: Record<string, string>) => app.send('PUT', '/update-user-addresses', payload, headers);
const addressesIn = (answer: { json: () => unknown }): readonly Address[] =>
  (answer.json() as { user: { addresses: readonly Address[] } }).user.addresses;
const addressesOf = async (headers: Record<string, string>) => addressesIn(await app.send('GET', '/getuser', undefined, headers));

const home = { country: 'USA', city: 'New York', address1: '123 Main St', address2: '', zipCode: 10_001, addressType: 'home' };

t.test('an address is added, changed by its _id and deleted', async (t) => {
  const { headers } = await app.person();
  const added = await keep(home, headers);
  t.equal(added.statusCode, 200, added.body);
  const [address] = addressesIn(added);
  t.strictSame(address, { _id: address?._id ?? '', ...home });
  t.equal((await keep({ addressType: 'work', zipCode: '01234' }, headers)).statusCode, 200);

  const changed = await keep({ _id: address?._id, addressType: 'home', city: 'Boston', zipCode: 2_101 }, headers);
  t.equal(changed.statusCode, 200);
  t.strictSame(addressesIn(changed)[0], { _id: address?._id ?? '', ...home, city: 'Boston', zipCode: 2_101 }, 'what is absent stays');
  t.match(addressesIn(changed)[1], { addressType: 'work', zipCode: '01234' }, 'no digit is lost');

  const remove = () => app.send('DELETE', `/delete-user-address/${address?._id ?? ''}`, undefined, { ...headers, 'content-type': 'application/json' });
  const removed = await remove();
  t.equal(removed.statusCode, 200);
  t.match(addressesIn(removed), [{ addressType: 'work' }]);
  t.equal(addressesIn(removed).length, 1);
  t.equal((await remove()).statusCode, 200, 'gone is gone');
  t.equal((await keep({ _id: address?._id, addressType: 'home' }, headers)).statusCode, 400);
  const unknown = await app.send('DELETE', '/delete-user-address/684175dc852cc7f775c1b65f', undefined, headers);
  t.match([unknown.statusCode, unknown.json()], [404, { success: false, code: 'address-not-found' }]);
});

t.test('wrong fields are named', async (t) => {
  const { headers } = await app.person();
  const wrong: readonly [string, object][] = [
    ['addressType', { ...home, addressType: undefined }],
    ['addressType', { ...home, addressType: ' ' }],
    ['zipCode', { ...home, zipCode: -1 }],
    ['zipCode', { ...home, zipCode: true }],
    ['city', { ...home, city: 7 }],
    ['address1', { ...home, address1: 'x'.repeat(201) }],
    ['_id', { ...home, _id: '' }],
    ['_id', { ...home, _id: 'none-of-mine' }],
  ];
  for (const [field, payload] of wrong) {
    const answer = await keep(payload, headers);
    t.equal(answer.statusCode, 400, answer.body);
    t.ok(answer.json<{ errors: { field: string }[] }>().errors.some((error) => error.field === field), field);
  }
  t.same(await addressesOf(headers), []);
  t.equal((await keep(home, {})).statusCode, 401);
  t.equal((await app.send('DELETE', '/delete-user-address/x')).statusCode, 401);
});

t.test("another person's address is nobody else's, not even an admin's", async (t) => {
  const owner = await app.person();
  const [address] = addressesIn(await keep(home, owner.headers));
  for (const { headers } of [await app.person(), await app.person({ role: 'admin' })]) {
    const changed = await keep({ ...home, _id: address?._id, city: 'Elsewhere' }, headers);
    t.match([changed.statusCode, changed.json()], [400, { errors: [{ field: '_id' }] }]);
    const removed = await app.send('DELETE', `/delete-user-address/${address?._id ?? ''}`, undefined, headers);
    t.equal(removed.statusCode, 404);
    t.same(await addressesOf(headers), []);
  }
  t.match(await addressesOf(owner.headers), [{ city: 'New York' }]);
});

t.test('a book has 50 addresses at most, also of those that are added at once', async (t) => {
  const { headers } = await app.person();
  for (let number = 1; number <= 45; number += 1) await keep({ addressType: `place ${number}` }, headers);
  const answers = await Promise.all(Array.from({ length: 20 }, () => keep({ addressType: 'one more' }, headers)));
  t.equal(answers.filter(({ statusCode }) => statusCode === 200).length, 5);
  const full = answers.find(({ statusCode }) => statusCode !== 200);
  t.match([full?.statusCode, full?.json()], [400, { success: false, code: 'address-book-full' }]);
  const addresses = await addressesOf(headers);
  t.equal(addresses.length, 50);
  t.equal((await keep({ ...home, _id: addresses[0]?._id }, headers)).statusCode, 200, 'those that there are can be changed');
  t.equal((await keep(home, headers)).statusCode, 400);
  await app.send('DELETE', `/delete-user-address/${addresses[0]?._id ?? ''}`, undefined, headers);
  t.equal((await keep(home, headers)).statusCode, 200);
});

t.test('a repeat with the same Idempotency-Key adds one address', async (t) => {
  const { headers } = await app.person();
  const keyed = { ...headers, 'idempotency-key': 'add-home' };
  t.same([(await keep(home, keyed)).statusCode, (await keep(home, keyed)).statusCode], [200, 200]);
  t.equal((await addressesOf(headers)).length, 1);
  const other = await keep({ ...home, city: 'Boston' }, keyed);
  t.match([other.statusCode, other.json()], [422, { success: false }]);
});
