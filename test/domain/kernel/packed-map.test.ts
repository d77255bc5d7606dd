import t from 'tap';
import { isStateMap, PackedMap, type Packing } from '../../../src/domain/kernel/packed-map.js';
import { memorySizeOf } from '../../../src/primitives/memory-size.js';
import { URL_NAMESPACE, uuidV5 } from '../../../src/primitives/uuid-v5.js';
import { fc } from '../../fixtures/properties.js';

/** Numbers of one digit; others are kept as they are. */
const digits: Packing<number> = {
  length: 1,
  pack: (value) => (value < 10 ? String(value) : undefined),
  unpack: (packed) => Number(packed),
};
const NIL = '00000000-0000-0000-0000-000000000000';

t.test('it is what a map is, and each state of it stays as it was', async (t) => {
  // Ids of few different digits stand in one page, and have the characters of each other across two entries.
  const nearby = fc.array(fc.constantFrom('0', '1'), { minLength: 29, maxLength: 29 }).map((ends) => ['000', ...ends].join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
  const id = fc.oneof(fc.uuid(), nearby, fc.constantFrom(NIL, NIL.replaceAll('0', 'f'), 'use-1', '', NIL.replaceAll('0', 'A'), `${NIL.slice(1)}g`), fc.string());
  const holds = fc.property(fc.array(fc.tuple(id, fc.integer({ min: 0, max: 12 })), { maxLength: 60 }), fc.array(id, { maxLength: 20 }), (changes, others) => {
    let map = PackedMap.empty(digits);
    const model = new Map<string, number>();
    const ids = [...changes.map(([one]) => one), ...others];
    for (const [one, value] of [...changes, ...changes.map(([again, before]) => [again, 12 - before] as const)]) {
      const [earlier, was] = [map, model.get(one)];
      map = map.set(one, value);
      model.set(one, value);
      if (earlier.get(one) !== was || map.get(one) !== value || map.size !== model.size) return false;
    }
    const entries = [...map.entries()].sort();
    return ids.every((one) => map.get(one) === model.get(one) && map.has(one) === model.has(one)) && JSON.stringify(entries) === JSON.stringify([...model].sort());
  });
  t.doesNotThrow(() => fc.assert(holds, { numRuns: 300 }));
});

t.test('issue 9.0: many packed values take a fraction of what they take as objects, and say so', async (t) => {
  const COUNT = 50_000;
  let map = PackedMap.empty(digits);
  for (let n = 0; n < COUNT; n += 1) map = map.set(uuidV5(String(n), URL_NAMESPACE), n % 10);
  t.equal(map.size, COUNT);
  t.equal(map.get(uuidV5('77', URL_NAMESPACE)), 7);
  t.ok(memorySizeOf({ map }) < 40 * COUNT, `${memorySizeOf({ map }) / COUNT} bytes each`);
  t.ok(isStateMap(map) && isStateMap(PackedMap.empty(digits)) && !isStateMap(new Map()));
});
