import t from 'tap';
import { EventStreamReader } from '../../console/src/overview/event-stream.js';
import { factOf } from '../../console/src/overview/facts.js';

const TEXT = ': hello\n\nid: 7\nevent: purchase\ndata: {"rows":\r\ndata: []}\r\n\r\nid: 9\n\ndata\n\nevent: lost\n\n';
const EVENTS = [{ id: '7', kind: 'purchase', data: '{"rows":\n[]}' }, { id: '9', kind: '', data: '' }, { id: '9', kind: '', data: '' }];

t.test('events are the same in whatever pieces they come', async (t) => {
  t.same(new EventStreamReader().take(TEXT), EVENTS);
  for (let at = 0; at <= TEXT.length; at += 1) {
    const reader = new EventStreamReader();
    t.same([...reader.take(TEXT.slice(0, at)), ...reader.take(TEXT.slice(at))], EVENTS, `cut at ${at}`);
  }
  const reader = new EventStreamReader();
  t.same([...TEXT].flatMap((letter) => reader.take(letter)), EVENTS);
});

t.test('an event without an end is refused, instead of filling the memory', async (t) => {
  const reader = new EventStreamReader();
  t.throws(() => {
    for (let piece = 0; piece < 5; piece += 1) reader.take('x'.repeat(1_000_000));
  }, { message: 'An event of the feed is too long.' });
});

t.test('amounts of a fact stand beside each other, and are not added up', async (t) => {
  const rows = [{ at: '2026-01-01T00:00:00.000Z', courseId: 'c1', paymentId: 'p1', amount: '10.00', currency: 'EUR' }, { courseId: 'c2', amount: '5.00', currency: 'USD' }];
  t.same(factOf({ id: '7', kind: 'purchase', data: JSON.stringify({ rows }) }), { id: '7', kind: 'purchase', at: '2026-01-01T00:00:00.000Z', about: 'c1, c2', amounts: '10.00 EUR, 5.00 USD', paymentId: 'p1' });
  for (const data of ['', 'null', '{', '{"rows":[]}', '{"rows":[1]}', '{"rows":{}}']) t.equal(factOf({ id: '7', kind: '', data }), null, data);
});
