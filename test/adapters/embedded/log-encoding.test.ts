import t from 'tap';
import { LogEncoding, type Shape } from '../../../src/adapters/embedded/event-store/log-encoding.js';
import type { StoredEvent } from '../../../src/adapters/embedded/event-store/stored-event.js';

const event = (n: number): StoredEvent => ({
  id: `id-${n}`,
  type: 'RequestAnswered',
  data: { requestId: 'r', headers: Object.fromEntries([[`x-${n}`, 'a'], [`y-${n % 50}`, 'b']]) },
  metadata: { actorId: null, correlationId: 'c', causationId: 'c', occurredAt: 'now', schemaVersion: 1, commandId: 'k' },
  stream: 'request-r',
  revision: n,
});

/** The data on disk: events, and the shapes as JSON. */
const restarted = (shapes: readonly Shape[]): LogEncoding => {
  const kept: readonly Shape[] = JSON.parse(JSON.stringify(shapes));
  return new LogEncoding(kept);
};

for (const count of [10, 33, 100, 2_500, 6_000]) {
  t.test(`${count} shapes of objects, written over several starts, are read after another`, async (t) => {
    let shapes: readonly Shape[] = [];
    const written: Uint8Array[] = [];
    for (let n = 0; n < count; ) {
      const encoding = restarted(shapes);
      for (const end = Math.min(count, n + Math.ceil(count / 3)); n < end; n += 1) written.push(Uint8Array.from(encoding.encode(event(n))));
      shapes = encoding.takeNewShapes() ?? shapes;
      t.equal(encoding.takeNewShapes(), undefined, 'nothing new since');
    }
    const reader = restarted(shapes);
    const wrong = written.findIndex((bytes, n) => JSON.stringify(reader.packr.unpack(bytes)) !== JSON.stringify(event(n)));
    t.equal(wrong, -1);
  });
}
