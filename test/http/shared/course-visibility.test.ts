import t from 'tap';
import { addToCart } from '../../../src/commands/carts/add-to-cart.js';
import type { CommandServices } from '../../../src/commands/services.js';
import type { CollectionDefinition, Document } from '../../../src/ports/read-models.js';
import { contextFor } from '../../fixtures/command-services.js';
import { courseClient } from '../../fixtures/course-client.js';
import { founded } from '../../fixtures/organizations.js';

const read: string[] = [];

const { app, call, course } = await courseClient(t, {
  services: (services) => ({
    ...services,
    readModels: {
      get: <D extends Document>(collection: CollectionDefinition<D>, id: string) => {
        read.push(collection.name);
        return services.readModels.get(collection, id);
      },
      getMany: (collection, ids) => services.readModels.getMany(collection, ids),
      find: (collection, query) => services.readModels.find(collection, query),
      count: (collection, filter) => services.readModels.count(collection, filter),
    },
  }),
});

const drawnUpInSchool = async (): Promise<string> => {
  const ada = await app.signUp('instructor');
  const organizationId = await founded(app.services.commands, ada.id);
  return (await course(ada, { organizationId, isOrgPrivate: true })).id;
};

t.test('a course that is a secret is looked up in as many places as one that does not exist', async (t) => {
  const [id, eve] = [await drawnUpInSchool(), await app.signUp()];
  const placesOf = async (courseId: string, as: typeof eve | null): Promise<readonly string[]> => {
    read.length = 0;
    t.equal((await call('GET', `/courses/${courseId}`, as)).statusCode, 404);
    return [...read];
  };
  for (const as of [eve, null]) t.same(await placesOf(id, as), await placesOf('unknown', as));
  t.ok((await placesOf(id, eve)).includes('memberships'));
});

t.test('so it is in streams', async (t) => {
  const [courseId, eve] = [await drawnUpInSchool(), await app.signUp()];
  const { commands } = app.services;
  const loaded: string[] = [];
  const services: CommandServices = {
    ...commands,
    handler: new Proxy(commands.handler, {
      get: (handler, name) => {
        if (name === 'load') return (...[aggregate, id]: Parameters<typeof handler.load>) => {
          loaded.push(aggregate.category);
          return handler.load(aggregate, id);
        };
        return Reflect.get(handler, name, handler) as unknown;
      },
    }),
  };
  const streamsOf = async (id: string): Promise<readonly string[]> => {
    loaded.length = 0;
    t.match(await addToCart(services)({ userId: eve.id, courseId: id }, contextFor()), { ok: false, rejection: 'course-not-found' });
    return [...loaded];
  };
  t.same(await streamsOf(courseId), await streamsOf('unknown'));
  t.same(loaded, ['course', 'organization', 'membership']);
});
