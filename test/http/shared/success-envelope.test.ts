import t from 'tap';
import { Type } from 'typebox';
import { Check } from 'typebox/value';
import { successEnvelope } from '../../../src/http/shared/success-envelope.js';

const envelope = successEnvelope({ status: 'success' });

t.test('answers are what the schema of the envelope says', async (t) => {
  const schema = envelope.schema({ data: Type.Array(Type.Integer()) });
  const answer = envelope.answer('Sums', { data: [1, 2] });
  t.same(answer, { status: 'success', message: 'Sums', data: [1, 2] });
  t.ok(Check(schema, answer));
  t.notOk(Check(schema, { ...answer, status: 'error' }));
  t.notOk(Check(schema, envelope.done('Nothing beside')));
  t.ok(Check(envelope.schema({}), envelope.done('Nothing beside')));
});
