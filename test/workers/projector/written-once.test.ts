import t from 'tap';
import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../../src/adapters/embedded/system-clock.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { eventSchemas } from '../../../src/domain/events.js';
import type { Document } from '../../../src/ports/read-models.js';
import { collection, projection } from '../../../src/projections/kernel/projection.js';
import { orderedPosition } from '../../../src/projections/kernel/stored-collections.js';
import { Projector } from '../../../src/workers/projector/projector.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { Projected, recorded } from '../../projections/projected.js';
import { captured, course, opened } from '../../projections/teaching-events.js';

const LONG = 60_000;

interface Place extends Document {
  readonly keys: readonly string[];
  readonly at: string;
}

const places = collection<Place>({ projection: 'places', name: 'places', indexes: [{ keys: 1, at: 1 }], writtenOnce: true });
const placesOfEvents = projection({
  name: 'places',
  version: 1,
  collections: [places],
  rules: [...eventSchemas.keys()].map((eventType) => ({
    eventType,
    collection: places.name,
    ids: ({ id }) => [id],
    apply: (_, { id, stream, position, metadata: { commandId } }) => ({ id, keys: [commandId, stream], at: orderedPosition(position) }),
  })),
});
const history = recorded([...course('c1', 'teacher'), opened('p1', [['c1', '10.00']]), captured('p1', '10.00')]);

t.test('documents that are written once are not looked for before, and found by their indexes as all others', async (t) => {
  const readModels = await LmdbReadModels.open({ folder: t.testdir(), exclusive: true });
  t.teardown(() => readModels.close());
  const loaded: string[] = [];
  const load = readModels.load.bind(readModels);
  readModels.load = (generation, collection, ids) => {
    loaded.push(collection);
    return load(generation, collection, ids);
  };
  const store = new MemoryEventStore<DomainEvent>();
  const projector = new Projector({ store, readModels, projections: [placesOfEvents], clock: systemClock });
  t.teardown(() => projector.stop());
  await projector.start();
  for (const event of history) await store.append(event.stream, 'any', [event]);
  t.ok(await projector.waitFor(await store.head(), LONG, [placesOfEvents.name]));
  t.strictSame(loaded, []);
  const found = await readModels.find(places, { sort: { at: 1 } });
  t.strictSame(new Map(found.map((document) => [`${places.name}/${document.id}`, document])), new Map(Object.entries(new Projected(placesOfEvents, history).contents())));
  const { id, keys } = found[1] ?? { id: '', keys: [] };
  const byKey = await readModels.find(places, { filter: { keys: keys[0] ?? '', at: { $gt: '' } } });
  t.ok(byKey.some((place) => place.id === id));
});
