import t from 'tap';
import { decideAppend } from '../../../src/adapters/embedded/event-store/append-decision.js';

const stream = (...ids: string[]) => ({ lastRevision: ids.length - 1, eventIdAt: (revision: number) => ids[revision] });
const events = (...ids: string[]) => ids.map((id) => ({ id }));

void t.test('a repeat is known by its ids at the place where it would stand', async (t) => {
  t.strictSame(decideAppend('no_stream', events('a', 'b'), stream('a', 'b', 'c')), { repeatedUpTo: 1 });
  t.strictSame(decideAppend(0, events('b'), stream('a', 'b', 'c')), { repeatedUpTo: 1 });
  t.strictSame(decideAppend('any', events('b', 'c'), stream('a', 'b', 'c')), { repeatedUpTo: 2 });
  t.strictSame(decideAppend('stream_exists', events('c'), stream('a', 'b', 'c')), { repeatedUpTo: 2 });
});

void t.test('what is only half there, elsewhere or in another order is no repeat', async (t) => {
  t.equal(decideAppend('no_stream', events('a', 'x'), stream('a', 'b')), 'refuse');
  t.equal(decideAppend('no_stream', events('b'), stream('a', 'b')), 'refuse');
  t.equal(decideAppend(0, events('c', 'b'), stream('a', 'b', 'c')), 'refuse');
  t.equal(decideAppend(1, events('c', 'd'), stream('a', 'b', 'c')), 'refuse');
  t.equal(decideAppend('any', events('a'), stream('a', 'b')), 'append');
  t.equal(decideAppend('any', events('a', 'b'), stream('b')), 'append');
});

void t.test('with the right revision it is appended, whatever the ids', async (t) => {
  t.equal(decideAppend(1, events('a', 'b'), stream('a', 'b')), 'append');
  t.equal(decideAppend('stream_exists', events('x'), stream()), 'refuse');
  t.equal(decideAppend(-1, events('x'), stream()), 'append');
});
