import t from 'tap';
import { PACKED_LENGTH, packedUuid, unpackedUuid } from '../../../src/domain/kernel/packed-uuid.js';
import { fc } from '../../fixtures/properties.js';

t.test('a UUID comes back as it was, and what is none is not packed', async (t) => {
  const roundtrip = fc.property(fc.uuid(), (id) => {
    const packed = packedUuid(id);
    return packed?.length === PACKED_LENGTH && /^[\0-\xff]*$/.test(packed) && unpackedUuid(packed) === id;
  });
  t.doesNotThrow(() => fc.assert(roundtrip));
  const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
  for (let at = 0; at < id.length; at += 1) {
    for (const wrong of ['g', 'F', '-', ' ', '\ud83d', 'ß']) {
      if (wrong !== id[at]) t.equal(packedUuid(id.slice(0, at) + wrong + id.slice(at + 1)), undefined, `${wrong} at ${at}`);
    }
  }
  for (const none of ['', id.slice(1), `${id}0`, id.replaceAll('-', '')]) t.equal(packedUuid(none), undefined, none);
});
