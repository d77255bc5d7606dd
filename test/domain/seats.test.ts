import t from 'tap';
import { courseDecider } from '../../src/domain/course/decider.js';
import * as example from './course-examples.js';
import { given, stateAfter } from './decider-specification.js';

const { capacityChanged, created, deleted, published, unpublished } = example;
const { occupySeat, releaseSeat, reserveSeat, seatOccupied, seatReleased, seatReserved, seatTaken, takeSeat } = example;
const limited = [created({ capacity: 1 }), published];
const unlimited = [created(), published];

t.test('a free enrolment takes a seat in one step, where one is left', async () => {
  given(courseDecider, limited).when(occupySeat('f1')).then([seatOccupied('f1')]);
  given(courseDecider, [...limited, seatOccupied('f1')]).when(occupySeat('f1')).thenNothing();
  given(courseDecider, [...limited, seatOccupied('f1')]).when(occupySeat('f2')).thenRefused('course-full', { capacity: 1 });
  given(courseDecider, [...limited, seatOccupied('f1')]).when(reserveSeat('p1')).thenRefused('course-full', { capacity: 1 });
  given(courseDecider, [...limited, seatOccupied('f1')]).when(releaseSeat('f1')).then([seatReleased('f1')]);
  given(courseDecider, [...limited, seatOccupied('f1'), seatReleased('f1')]).when(occupySeat('f1')).thenRefused('payment-already-ended');
  given(courseDecider, unlimited).when(occupySeat('f1')).thenNothing();
  given(courseDecider, [...unlimited, deleted]).when(occupySeat('f1')).thenRefused('course-deleted');
  given(courseDecider, [...unlimited, unpublished]).when(occupySeat('f1')).thenRefused('course-not-published');
});

t.test('pitfall 15: a limited course sells as many seats as it has', async () => {
  given(courseDecider, limited).when(reserveSeat('p1')).then([seatReserved('p1')]);
  given(courseDecider, [...limited, seatReserved('p1')]).when(reserveSeat('p2')).thenRefused('course-full', { capacity: 1 });
  const sold = [...limited, seatReserved('p1'), seatTaken('p1')];
  given(courseDecider, sold).when(reserveSeat('p2')).thenRefused('course-full', { capacity: 1 });
});

t.test('a seat is held once by a purchase', async () => {
  given(courseDecider, [...limited, seatReserved('p1')]).when(reserveSeat('p1')).thenNothing();
  given(courseDecider, [...limited, seatReserved('p1'), seatTaken('p1')]).when(reserveSeat('p1')).thenNothing();
});

t.test('a late duplicate takes no seat for a purchase that is over', async () => {
  const history = [...limited, seatReserved('p1'), seatReleased('p1')];
  given(courseDecider, history).when(reserveSeat('p1')).thenRefused('payment-already-ended');
});

t.test('a course without a limit counts no seats', async () => {
  given(courseDecider, unlimited).when(reserveSeat('p1')).thenNothing();
  given(courseDecider, unlimited).when(takeSeat('p1')).thenNothing();
  given(courseDecider, unlimited).when(releaseSeat('p1')).thenNothing();
});

t.test('a held seat is sold once', async () => {
  given(courseDecider, [...limited, seatReserved('p1')]).when(takeSeat('p1')).then([seatTaken('p1')]);
  given(courseDecider, [...limited, seatReserved('p1'), seatTaken('p1')]).when(takeSeat('p1')).thenNothing();
});

t.test('only a seat that is held is sold', async () => {
  given(courseDecider, limited).when(takeSeat('p1')).thenRefused('seat-not-reserved');
  given(courseDecider, [...limited, seatReserved('p1'), seatReleased('p1')]).when(takeSeat('p1')).thenRefused('seat-not-reserved');
});

t.test('a held or sold seat is released once, and is free again', async () => {
  const held = [...limited, seatReserved('p1')];
  given(courseDecider, held).when(releaseSeat('p1')).then([seatReleased('p1')]);
  given(courseDecider, [...held, seatTaken('p1')]).when(releaseSeat('p1')).then([seatReleased('p1')]);
  given(courseDecider, [...held, seatReleased('p1')]).when(releaseSeat('p1')).thenNothing();
  given(courseDecider, [...held, seatReleased('p1')]).when(reserveSeat('p2')).then([seatReserved('p2')]);
});

t.test('a seat that was held under a limit is sold after the limit went', async () => {
  const history = [...limited, seatReserved('p1'), capacityChanged(null)];
  given(courseDecider, history).when(takeSeat('p1')).then([seatTaken('p1')]);
});

t.test('only a course that is on sale gives away seats', async () => {
  given(courseDecider).when(reserveSeat('p1')).thenRefused('course-not-found');
  given(courseDecider, [created({ capacity: 1 })]).when(reserveSeat('p1')).thenRefused('course-not-published');
  given(courseDecider, [...unlimited, unpublished]).when(reserveSeat('p1')).thenRefused('course-not-published');
  given(courseDecider, [...unlimited, deleted]).when(reserveSeat('p1')).thenRefused('course-deleted');
});

t.test('a purchase under way comes to its end although the course was taken off sale or deleted', async () => {
  for (const end of [unpublished, deleted]) {
    const history = [...limited, seatReserved('p1'), end];
    given(courseDecider, history).when(takeSeat('p1')).then([seatTaken('p1')]);
    given(courseDecider, history).when(releaseSeat('p1')).then([seatReleased('p1')]);
    given(courseDecider, history).when(reserveSeat('p1')).thenNothing();
  }
});

t.test('a repeated event counts one seat', async (t) => {
  const history = [...limited, seatReserved('p1'), seatReserved('p1'), seatTaken('p1'), seatReleased('p1'), seatReleased('p1')];
  t.match(stateAfter(courseDecider, history), { seatsInUse: 0 });
});
