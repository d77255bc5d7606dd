import t from 'tap';
import { changeRole } from '../../../src/commands/accounts/change-role.js';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { loadAccount } from '../../../src/commands/accounts/identifiers/find-account.js';
import type { CommandServices } from '../../../src/commands/services.js';
import type { Role } from '../../../src/domain/account/events.js';
import { adminRosterConsumer } from '../../../src/workers/admin-roster/keep-admin-roster.js';
import { contextFor } from '../../fixtures/command-services.js';
import { Crash, dyingAfter, eventsOf, newWorld, restarted, signedUp, twoNodes, type World } from '../../fixtures/accounts.js';

const admin = (world: World, name: string) => signedUp(world, { email: `${name}@example.com`, role: 'admin', actorRole: 'admin' });
const change = ({ services }: Pick<World, 'services'>, by: string, accountId: string, role: Role, context = contextFor()) =>
  changeRole(services)({ actor: { accountId: by, role: 'admin' }, accountId, role }, context);
const remove = ({ services }: Pick<World, 'services'>, by: string, accountId: string) => deleteAccount(services)({ actor: { accountId: by, role: 'admin' }, accountId }, contextFor());
const adminsOf = async ({ services }: World, ids: readonly string[]): Promise<readonly string[]> => {
  const found = await Promise.all(ids.map((id) => loadAccount(services, id)));
  return found.flatMap((each) => (each?.account.role === 'admin' ? [each.account.accountId] : []));
};
/** The worker, as far behind as it may be. */
const work = async (world: World): Promise<void> => {
  for (const event of await eventsOf(world)) await adminRosterConsumer(world.services).handle(event);
};

/** Services that do something else first, once, before the first command of the type reaches an account. */
const interrupted = ({ services }: World, type: string, first: () => Promise<void>): Pick<World, 'services'> => {
  let isOver = false;
  const handle: CommandServices['handler']['handle'] = async (aggregate, id, command, context) => {
    const isIt = typeof command === 'object' && command !== null && 'type' in command && command.type === type;
    if (isIt && !isOver) {
      isOver = true;
      await first();
    }
    return services.handler.handle(aggregate, id, command, context);
  };
  const handler = new Proxy(services.handler, {
    get: (target, key) => {
      const own: unknown = Reflect.get(target, key, target);
      if (key === 'handle') return handle;
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
  return { services: { ...services, handler } };
};

t.test('an admin who was one, and none, and is one again is not struck by a worker that is late', async (t) => {
  const world = newWorld();
  const [root, ann] = [await admin(world, 'root'), await admin(world, 'ann')];
  t.match(await change(world, root, ann, 'student'), { ok: true });
  t.match(await change(world, root, ann, 'admin'), { ok: true });
  await work(world);
  t.match(await change(world, ann, root, 'student'), { ok: true });
  t.match(await change(world, ann, ann, 'student'), { rejection: 'last-admin' });
});

for (const [what, type, lose] of [
  ['another role', 'ChangeAccountRole', (world: Pick<World, 'services'>, by: string, of: string) => change(world, by, of, 'guest')],
  ['a deletion', 'DeleteAccount', remove],
] as const) {
  t.test(`${what} of who became the last admin meanwhile`, async (t) => {
    const world = newWorld();
    const [root, ann] = [await admin(world, 'root'), await signedUp(world)];
    const late = interrupted(world, type, async () => {
      t.match(await change(world, root, ann, 'admin'), { ok: true });
      t.match(await change(world, ann, root, 'student'), { ok: true });
    });
    t.match(await lose(late, root, ann), { ok: false });
    t.same(await adminsOf(world, [root, ann]), [ann]);
  });

  t.test(`${what} of who was given the role again between the roster and the account`, async (t) => {
    const world = newWorld();
    const [root, ann] = [await admin(world, 'root'), await admin(world, 'ann')];
    const late = interrupted(world, type, async () => {
      t.match(await change(world, root, ann, 'admin'), { ok: true });
      t.match(await change(world, ann, root, 'student'), { ok: true });
    });
    t.match(await lose(late, root, ann), { ok: false });
    t.same(await adminsOf(world, [root, ann]), [ann]);
  });
}

t.test('a change that died after any step is completed by its repeat, and one that is not repeated harms nobody', async (t) => {
  for (const role of ['student', 'admin'] as const) {
    for (const appends of [0, 1, 2, 3, 4]) {
      for (const isRepeated of [true, false]) {
        const world = newWorld();
        const [root, ann] = [await admin(world, 'root'), await admin(world, 'ann')];
        if (role === 'admin') t.match(await change(world, root, ann, 'student'), { ok: true });
        const context = contextFor();
        await change(dyingAfter(appends, world), root, ann, role, context).catch((error: unknown) => {
          if (!(error instanceof Crash)) throw error;
        });
        const after = restarted(world);
        if (isRepeated) t.match(await change(after, root, ann, role, context), { ok: true });
        await work(after);
        const admins = await adminsOf(after, [root, ann]);
        if (isRepeated) t.same(admins, role === 'admin' ? [root, ann] : [root]);
        // Whatever has come of it: with ann an admin, root can go, and the last one can not.
        t.match(await change(after, root, ann, 'admin'), { ok: true });
        t.match(await change(after, ann, root, 'student'), { ok: true }, `${role} after ${appends}`);
        t.match(await change(after, ann, ann, 'guest'), { rejection: 'last-admin' });
      }
    }
  }
});

t.test('three admins who do this and that to one another, on two nodes: one is left at any time', async (t) => {
  const [here, there] = twoNodes();
  const ids = [await admin(here, 'a'), await admin(here, 'b'), await admin(here, 'c')];
  let seed = 7;
  const pick = (count: number): number => (seed = (seed * 48_271) % 2_147_483_647) % count;
  const one = (): string => ids[pick(3)] ?? '';
  for (let round = 0; round < 40; round += 1) {
    const roles = ['admin', 'student', 'guest'] as const;
    await Promise.all(Array.from({ length: 6 }, () => change(pick(2) === 0 ? here : there, one(), one(), roles[pick(3)] ?? 'admin')));
    if (round % 5 === 0) await work(here);
    t.ok((await adminsOf(restarted(here), ids)).length > 0, `round ${round}`);
  }
});
