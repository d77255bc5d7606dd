import type { Test } from 'tap';
import type { Actor } from '../../src/commands/actor.js';
import { changeRecord } from '../../src/commands/records/change-record.js';
import { createRecord } from '../../src/commands/records/create-record.js';
import { deleteRecord } from '../../src/commands/records/delete-record.js';
import { restoreRecord } from '../../src/commands/records/restore-record.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { RecordBook, RecordEvent, RecordFields } from '../../src/domain/record/record-book.js';
import { scopeOf, streamIdOf } from '../../src/domain/record/record-place.js';
import type { AnyResource } from '../../src/domain/record/resource.js';
import type { RecordedEvent } from '../../src/ports/event-store.js';
import { recordProjection } from '../../src/projections/kernel/record-projection.js';
import { recordQueries } from '../../src/projections/kernel/record-queries.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { registerAccount } from '../../src/commands/accounts/register-account.js';
import { contextFor, servicesOver } from '../fixtures/command-services.js';
import { newCourse, drawnUp } from '../fixtures/courses.js';
import { founded } from '../fixtures/organizations.js';
import { sampleOf } from '../fixtures/sample-values.js';
import { Projected } from '../projections/projected.js';

const parentsOf = (resource: AnyResource): readonly AnyResource[] =>
  Object.values(resource.references).flatMap(({ to }) => (typeof to === 'string' ? [] : [to, ...parentsOf(to)]));

/** A world with people, courses and whatever else the resource refers to, and somebody who may write its records. */
const worldOf = async (resource: AnyResource) => {
  const store = new MemoryEventStore<DomainEvent>();
  const services = servicesOver(store, { resources: [resource, ...parentsOf(resource)] });
  const person = async (email: string): Promise<string> => {
    const input = { name: email, email, password: 'analytical', role: 'instructor', actorRole: null, provider: 'local', imageUrl: null } as const;
    const registered = await registerAccount(services)(input, contextFor());
    if (!registered.ok) throw new Error(registered.rejection);
    return registered.value.accountId;
  };
  const owner: Actor = { accountId: await person('owner@example.org'), role: 'instructor' };
  const stranger: Actor = { accountId: await person('stranger@example.org'), role: 'student' };
  const admin: Actor = { accountId: await person('admin@example.org'), role: 'admin' };
  const courseId = await drawnUp(services, { ...newCourse, actor: owner });
  const organizationId = await founded(services, owner.accountId);
  const existing: Readonly<Record<string, string>> = { account: owner.accountId, course: courseId, organization: organizationId };

  const made = new Map<string, RecordFields>();
  const fieldsOf = async (of: AnyResource, n: number): Promise<RecordFields> => {
    const fields = made.get(`${of.thing} ${n}`) ?? (await newFields(of, n));
    made.set(`${of.thing} ${n}`, fields);
    return fields;
  };
  const parents = new Map<string, string>();
  const newFields = async (of: AnyResource, n: number): Promise<RecordFields> => {
    const places = [of.within, ...Object.values(of.references).map(({ within }) => within)].filter((name) => name !== undefined && name !== null && name in of.schema.properties);
    const scope = Object.fromEntries(places.map((name) => [name, 'one place']));
    const sampled: Record<string, unknown> = { ...Object.fromEntries(Object.entries(of.schema.properties).map(([name, schema]) => [name, sampleOf(schema, n)])), ...scope };
    const referred: Record<string, string> = {};
    for (const [name, reference] of Object.entries(of.references)) {
      if (name === 'ownerId') continue;
      const { to, within } = reference;
      if (typeof to === 'string') referred[name] = existing[to] ?? '';
      else {
        const parent = parents.get(to.thing) ?? (await create(to, 0, within === undefined ? {} : { [within]: sampled[within] }));
        parents.set(to.thing, parent);
        referred[name] = parent;
      }
    }
    return { ...sampled, ...referred };
  };
  const writerOf = (of: AnyResource): Actor => (of.rules.create === 'admin' ? admin : owner);
  const attempt = (of: AnyResource, fields: RecordFields, context = contextFor()) =>
    createRecord(of)(services)({ actor: writerOf(of), ownerId: owner.accountId, fields }, { ...context, actorId: writerOf(of).accountId });
  async function create(of: AnyResource, n: number, changes: RecordFields = {}): Promise<string> {
    const created = await attempt(of, { ...(await fieldsOf(of, n)), ...changes });
    if (!created.ok) throw new Error(`${of.thing}: ${created.rejection} ${JSON.stringify(created.details)}`);
    return created.value.recordId;
  }

  const scopeFor = async (n: number) => scopeOf(resource, { ownerId: owner.accountId, fields: await fieldsOf(resource, n) });
  const actor = resource.rules.write === 'admin' ? admin : owner;
  const target = async (recordId: string, as = actor) => ({ actor: as, recordId, scope: await scopeFor(0) });
  const events = async (): Promise<readonly RecordedEvent<DomainEvent>[]> => {
    const found: RecordedEvent<DomainEvent>[] = [];
    for await (const event of store.readAll()) if (resource.eventTypes.has(event.type)) found.push(event);
    return found;
  };
  return {
    services,
    owner,
    stranger,
    attempt: (fields: RecordFields, context?: ReturnType<typeof contextFor>) => attempt(resource, fields, context),
    create: (n: number, changes?: RecordFields) => create(resource, n, changes),
    fields: (n: number) => fieldsOf(resource, n),
    change: async (recordId: string, fields: RecordFields, as?: Actor) => changeRecord(resource)(services)({ ...(await target(recordId, as)), fields }, contextFor()),
    remove: async (recordId: string, as?: Actor) => deleteRecord(resource)(services)(await target(recordId, as), contextFor()),
    restore: async (recordId: string, as?: Actor) => restoreRecord(resource)(services)(await target(recordId, as), contextFor()),
    book: async (recordId: string): Promise<RecordBook> =>
      (await services.handler.load(resource, streamIdOf(recordId, await scopeFor(0)))).state,
    events,
    projected: async () => new Projected(recordProjection(resource), await events()),
  };
};

type World = Awaited<ReturnType<typeof worldOf>>;

/** Fields that may be changed freely, with another value than record number 0 has. */
const changeable = async (resource: AnyResource, { fields }: World): Promise<RecordFields> => {
  const before = await fields(0);
  const other = Object.entries(await fields(1)).filter(
    ([name, value]) => resource.fixed[name] === undefined && resource.references[name] === undefined && JSON.stringify(value) !== JSON.stringify(before[name]),
  );
  return Object.fromEntries(other.slice(0, 1));
};

const testLife = (t: Test, resource: AnyResource) =>
  t.test('a record is created, changed where it differs, and deleted once', async (t) => {
    const world = await worldOf(resource);
    const id = await world.create(0);
    const fields = await world.fields(0);
    t.match((await world.book(id)).records.get(id), { status: 'kept', ownerId: world.owner.accountId, fields });
    const change = await changeable(resource, world);
    t.match(await world.change(id, change), { ok: true });
    t.match(await world.change(id, change), { ok: true });
    t.match((await world.book(id)).records.get(id)?.fields, { ...fields, ...change });
    t.match(await world.remove(id), { ok: true });
    t.match(await world.remove(id), { ok: true });
    t.equal((await world.book(id)).records.get(id)?.status, 'deleted');
    t.match(await world.change(id, change), { rejection: 'record-not-found' });
    const things = (await world.events()).filter(({ data }) => 'recordId' in data && data.recordId === id);
    t.same(things.map(({ type }) => type), ['Created', 'Changed', 'Deleted'].map((done) => `${resource.thing}${done}`));
    for (const { data } of things) t.ok('actorId' in data, 'it says who did it');
  });

const testRestoring = (t: Test, resource: AnyResource) =>
  t.test('a deleted record is restored as it was where the declaration says so, else not at all', async (t) => {
    const world = await worldOf(resource);
    const id = await world.create(0);
    await world.remove(id);
    const restored = await world.restore(id);
    if (!resource.restorable) {
      t.match(restored, { rejection: 'record-not-found' });
      t.equal(await recordQueries(resource).byId(await world.projected(), id), undefined, 'nothing of it is shown');
      return;
    }
    t.match(restored, { ok: true });
    t.match((await world.book(id)).records.get(id), { status: 'kept', fields: await world.fields(0) });
    t.match(await recordQueries(resource).byId(await world.projected(), id), { deletedAt: null, fields: await world.fields(0) });
  });

const testUniqueness = (t: Test, resource: AnyResource) =>
  t.test('values that only one may have are refused by name, and free again after a deletion', async (t) => {
    for (const { fields: names, ignoreCase = false } of resource.unique) {
      const world = await worldOf(resource);
      const first = await world.fields(0);
      const id = await world.create(0);
      const clash = Object.fromEntries(names.map((name) => [name, ignoreCase && typeof first[name] === 'string' ? first[name].toUpperCase() : first[name]]));
      const second = { ...(await world.fields(1)), ...clash };
      t.match(await world.attempt(second), { rejection: 'record-value-taken', details: { fields: names } });
      await world.remove(id);
      t.match(await world.attempt(second), { ok: true });
    }
  });

const testLimit = (t: Test, resource: AnyResource) =>
  t.test('no more records than the declaration allows', async (t) => {
    const world = await worldOf(resource);
    let last = '';
    for (let n = 0; n < resource.most; n += 1) last = await world.create(n);
    t.match(await world.attempt(await world.fields(resource.most)), { rejection: 'record-limit-reached', details: { most: resource.most } });
    await world.remove(last);
    t.match(await world.attempt(await world.fields(resource.most)), { ok: true });
  });

const testFixed = (t: Test, resource: AnyResource) =>
  t.test('fixed fields keep their first value', async (t) => {
    const world = await worldOf(resource);
    const id = await world.create(0);
    const before = await world.fields(0);
    for (const [name, how] of Object.entries(resource.fixed)) {
      if (!(name in before)) continue;
      const changed = await world.change(id, { [name]: typeof before[name] === 'number' ? before[name] + 1 : 'another' });
      t.match(changed, how === 'ignored' ? { ok: true } : { rejection: 'record-field-fixed', details: { field: name } });
      t.equal((await world.book(id)).records.get(id)?.fields[name], before[name]);
    }
  });

const testReferences = (t: Test, resource: AnyResource) =>
  t.test('what a record refers to must exist', async (t) => {
    const world = await worldOf(resource);
    for (const name of Object.keys(resource.references).filter((field) => field !== 'ownerId')) {
      const refused = await world.attempt({ ...(await world.fields(0)), [name]: 'nowhere' });
      t.match(refused, { rejection: 'record-reference-missing', details: { field: name } });
    }
    t.equal((await world.events()).length, 0);
  });

const testRules = (t: Test, resource: AnyResource) =>
  t.test('a stranger changes nothing', async (t) => {
    const world = await worldOf(resource);
    const id = await world.create(0);
    const before = (await world.events()).length;
    const isPublic = ['anyone', 'account'].includes(resource.rules.read);
    const refusal = { rejection: isPublic ? 'record-not-permitted' : 'record-not-found' };
    t.match(await world.change(id, await changeable(resource, world), world.stranger), refusal);
    t.match(await world.remove(id, world.stranger), refusal);
    t.match(await world.restore(id, world.stranger), refusal);
    t.equal((await world.events()).length, before);
  });

const testRepeats = (t: Test, resource: AnyResource) =>
  t.test('the same command twice is one record', async (t) => {
    const world = await worldOf(resource);
    const context = contextFor();
    const fields = await world.fields(0);
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.attempt(fields, context)));
    t.ok(answers.every(({ ok }) => ok));
    t.equal(new Set(answers.map((answer) => (answer.ok ? answer.value.recordId : ''))).size, 1);
    t.equal((await world.events()).length, 1);
  });

const testReplay = (t: Test, resource: AnyResource) =>
  t.test('a replay gives the same state and the same documents', async (t) => {
    const world = await worldOf(resource);
    const id = await world.create(0);
    await world.create(1);
    await world.change(id, await changeable(resource, world));
    await world.remove(id);
    const events = await world.events();
    const again = new Projected(recordProjection(resource), events);
    t.same((await world.projected()).contents(), again.contents());
    const { decider, eventTypes } = resource;
    const isOwn = (event: { readonly type: string; readonly data: object }): event is RecordEvent & (typeof events)[number] => eventTypes.has(event.type);
    const streams = new Map<string, RecordBook>();
    for (const event of events) if (isOwn(event)) streams.set(event.stream, decider.evolve(streams.get(event.stream) ?? decider.initialState(), event));
    const folded = [...streams.values()].flatMap(({ records }) => [...records.entries()]);
    t.equal(folded.find(([recordId]) => recordId === id)?.[1].status, 'deleted');
    t.same((await world.book(id)).records.get(id), folded.find(([recordId]) => recordId === id)?.[1]);
  });

const testLists = (t: Test, resource: AnyResource) =>
  t.test('each list gives every record once, page by page, in its order', async (t) => {
    const world = await worldOf(resource);
    const made = Math.min(7, resource.most);
    for (let n = 0; n < made; n += 1) await world.create(n);
    const readModels = await world.projected();
    const queries = recordQueries(resource);
    const all = [...Object.values(readModels.contents())];
    t.equal(all.length, made);
    for (const { by = [] } of resource.lists) {
      const first = await queries.byId(readModels, all[0]?.id ?? '');
      const fields: RecordFields = { ...first?.fields, ownerId: first?.ownerId };
      const where = Object.fromEntries(by.map((name) => [name, fields[name] as string]));
      const whole = await queries.page(readModels, { where, skip: 0, limit: 100 });
      const pages: string[] = [];
      for (let skip = 0; skip < whole.total; skip += 2) pages.push(...(await queries.page(readModels, { where, skip, limit: 2 })).records.map(({ id }) => id));
      t.same(pages, whole.records.map(({ id }) => id));
      t.equal(new Set(pages).size, await queries.count(readModels, where));
      t.ok(whole.total >= 1);
    }
  });

const testSearch = (t: Test, resource: AnyResource) =>
  t.test('the text is searched', async (t) => {
    const world = await worldOf(resource);
    const [name = ''] = resource.text;
    await world.create(0, { [name]: 'Éclair au chocolat' });
    await world.create(1, { [name]: 'Baguette' }).catch(() => undefined);
    const fields = await world.fields(0);
    const list = resource.lists[0]?.by ?? [];
    const where = Object.fromEntries(list.map((field) => [field, fields[field] as string]));
    const found = await recordQueries(resource).page(await world.projected(), { where, search: 'eclair CHOCOLAT', skip: 0, limit: 10 });
    t.equal(found.total, 1);
  });

/** The contract of every declaration of a resource. */
export const resourceContract = (t: Test, resource: AnyResource) =>
  t.test(resource.thing, async (t) => {
    testLife(t, resource);
    testRestoring(t, resource);
    testRules(t, resource);
    testRepeats(t, resource);
    testReplay(t, resource);
    testFixed(t, resource);
    testReferences(t, resource);
    testLists(t, resource);
    if (resource.unique.length > 0) testUniqueness(t, resource);
    if (resource.most <= 200) testLimit(t, resource);
    if (resource.text.length > 0) testSearch(t, resource);
  });
