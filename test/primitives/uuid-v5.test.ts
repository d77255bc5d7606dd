import fc from 'fast-check';
import t from 'tap';
import { v5 as uuidv5 } from 'uuid';
import { uuidV5 } from '../../../src/commands/write-path/uuid-v5.js';

t.test('event ids are UUIDv5', async () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.uuid(), (name, namespace) => uuidV5(name, namespace) === uuidv5(name, namespace)));
});
