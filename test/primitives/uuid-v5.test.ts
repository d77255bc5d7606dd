import { createHash } from 'node:crypto';
import t from 'tap';
import { URL_NAMESPACE, uuidV5 } from '../../src/primitives/uuid-v5.js';
import { fc } from '../fixtures/properties.js';

const DNS_NAMESPACE = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

t.test('the ids are those that other implementations make', async (t) => {
  t.equal(uuidV5('www.example.com', DNS_NAMESPACE), '2ed6657d-e927-568b-95e1-2665a8aea6a2');
  t.equal(uuidV5('', URL_NAMESPACE), '1b4db7eb-4057-5ddf-91e0-36dec72071f5');
  t.equal(uuidV5('straße 😀', URL_NAMESPACE), '528cc6a9-2c85-5b34-b2e9-9abb0bd4f4ff');
  t.equal(uuidV5('x'.repeat(2_000), DNS_NAMESPACE), '63b4237f-9239-540d-bf85-4c4211f1b4d1');
});

t.test('an id is the hash of namespace and name with version 5 and the variant of the RFC', async () => {
  const expected = (name: string, namespace: string): string => {
    const bytes = createHash('sha1').update(Buffer.from(namespace.replaceAll('-', ''), 'hex')).update(name).digest();
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    return bytes.subarray(0, 16).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.uuid(), fc.boolean(), (name, uuid, capital) => {
      const namespace = capital ? uuid.toUpperCase() : uuid;
      return uuidV5(name, namespace) === expected(name, namespace);
    }),
  );
});

t.test('a namespace that is no UUID is refused', async (t) => {
  for (const namespace of ['', 'account-1', `${URL_NAMESPACE}0`, URL_NAMESPACE.replace('6ba7', '6bg7'), URL_NAMESPACE.replaceAll('-', '')]) {
    t.throws(() => uuidV5('name', namespace), TypeError, namespace);
  }
});
