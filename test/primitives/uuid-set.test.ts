import t from 'tap';
import { uuidV5 } from '../../src/primitives/uuid-v5.js';
import { UuidSet } from '../../src/primitives/uuid-set.js';
import { fc } from '../fixtures/properties.js';

const NAMESPACE = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
const NIL = '00000000-0000-0000-0000-000000000000';

t.test('it has what a set of texts has', async (t) => {
  const uuid = fc.uuid();
  const text = fc.oneof(uuid, uuid.map((id) => id.toUpperCase()), fc.constantFrom(NIL, '', 'command-1', `${NIL} `, '0'.repeat(36)), fc.string());
  const holds = fc.property(fc.array(text, { maxLength: 200 }), fc.array(text, { maxLength: 50 }), (added, others) => {
    const [set, model] = [new UuidSet(), new Set<string>()];
    for (const one of added) {
      set.add(one);
      model.add(one);
    }
    return set.size === model.size && [...added, ...others].every((one) => set.has(one) === model.has(one));
  });
  t.doesNotThrow(() => fc.assert(holds));
});

t.test('it grows, and takes few bytes of memory for each', async (t) => {
  const COUNT = 50_000;
  const set = new UuidSet();
  for (let n = 0; n < COUNT; n += 1) set.add(uuidV5(String(n), NAMESPACE));
  t.equal(set.size, COUNT);
  t.ok(Array.from({ length: COUNT }, (_, n) => uuidV5(String(n), NAMESPACE)).every((id) => set.has(id)));
  t.notOk(Array.from({ length: COUNT }, (_, n) => uuidV5(`other ${n}`, NAMESPACE)).some((id) => set.has(id)));
  t.ok(set.bytes < 60 * COUNT, `${set.bytes} bytes`);
});

t.test('issue 9.0: its memory grows with what it has, not at a bound', async (t) => {
  const set = new UuidSet();
  let before = 0;
  for (let n = 0; n < 60_000; n += 1) {
    set.add(uuidV5(String(n), NAMESPACE));
    if (n % 3_000 !== 2_999) continue;
    if (before > 0) t.ok(set.bytes <= before * ((n + 1) / (n - 2_999)) * 1.25, `${set.bytes} bytes for ${n + 1}, ${before} before`);
    before = set.bytes;
  }
});

t.test('an id of which one digit differs is another one', async (t) => {
  const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
  const set = new UuidSet();
  set.add(id);
  for (let at = 0; at < id.length; at += 1) {
    const other = id.slice(0, at) + (id[at] === '1' ? '2' : '1') + id.slice(at + 1);
    t.notOk(set.has(other), other);
  }
});
