import { randomUUID } from 'node:crypto';
import t from 'tap';
import { traceEvents } from '../../src/commands/audit/trace-events.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { EVENTS_PER_BLOCK, EVENTS_PER_CHUNK, traceBlocks, traceChunks } from '../../src/projections/audit-traces/document.js';
import { auditTracesProjection } from '../../src/projections/audit-traces/projection.js';
import { tracesIn } from '../../src/projections/audit-traces/queries.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { Projected } from './projected.js';

const listed = async <Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
};

const COMMANDS = 3 * EVENTS_PER_BLOCK;
const MANY = 2 * EVENTS_PER_CHUNK + 10;
const LONG = 'a-request-with-many-events';

/** Commands of two events each; the first ones belong to one request, the others each to one of its own. */
const store = new MemoryEventStore<DomainEvent>();
const commands: { readonly commandId: string; readonly correlationId: string; readonly ids: readonly string[] }[] = [];
for (let n = 0; n < COMMANDS; n += 1) {
  // Ids that are no UUIDs are found, too.
  const commandId = n % 100 === 0 ? `command-${n}` : randomUUID();
  const correlationId = 2 * n < MANY ? LONG : randomUUID();
  const metadata = { actorId: null, correlationId, causationId: correlationId, commandId, occurredAt: '2026-01-01T00:00:00.000Z', schemaVersion: 1 };
  const ids = [randomUUID(), randomUUID()];
  const [id = '', other = ''] = ids;
  const cleared = (userId: string): DomainEvent => ({ type: 'CartCleared', data: { userId, courseIds: [], clearedAt: metadata.occurredAt } });
  await store.append(`cart-${n % 5}`, 'any', [{ ...cleared(String(n % 5)), id, metadata }]);
  await store.append(`cart-of-${n % 3}`, 'any', [{ ...cleared(`of-${n % 3}`), id: other, metadata }]);
  commands.push({ commandId, correlationId, ids });
}
const log = await listed(store.readAll());
const projected = new Projected(auditTracesProjection, log);
const index = tracesIn(projected);
const found = async (id: string, page: { readonly after?: string; readonly limit: number } = { limit: 10_000 }) => traceEvents({ store, index }, id, page);

t.test('events and commands are found in any block, with all events of their request', async (t) => {
  t.equal((await projected.find(traceBlocks, {})).length, (2 * COMMANDS) / EVENTS_PER_BLOCK - 1, 'one is the newest');
  for (const place of [0, 1, MANY, EVENTS_PER_BLOCK / 2 - 1, EVENTS_PER_BLOCK / 2, EVENTS_PER_BLOCK, COMMANDS - 100, COMMANDS - 1]) {
    const { commandId, correlationId, ids } = commands[place] ?? { commandId: '', correlationId: '', ids: [] };
    const expected = log.filter(({ metadata }) => metadata.correlationId === correlationId).map(({ id }) => id);
    for (const id of [commandId, correlationId, ...ids]) t.same((await found(id))?.events.map((event) => event.id), expected, `${place}`);
  }
  t.equal(await found(randomUUID()), undefined);
  t.equal(await found('nothing'), undefined);
});

t.test('a request with more events than a document holds is found whole, and in pages', async (t) => {
  t.equal((await projected.find(traceChunks, {})).length, 2);
  const expected = log.filter(({ metadata }) => metadata.correlationId === LONG).map(({ id }) => id);
  t.equal(expected.length, MANY);
  const ids: string[] = [];
  let pages = 0;
  for (let after: string | undefined; ; pages += 1) {
    const page = await found(LONG, { limit: 100, ...(after === undefined ? {} : { after }) });
    ids.push(...(page?.events.map(({ id }) => id) ?? []));
    if (page === undefined || page.next === null) break;
    after = page.next;
  }
  t.same(ids, expected);
  t.equal(pages, Math.ceil(MANY / 100) - 1);
});

t.test('few stretches of the log are read for one id', async (t) => {
  let stretches = 0;
  for (const { ids: [id = ''] } of commands.slice(0, 200)) stretches += (await listed(index.stretches(id))).length;
  t.ok(stretches >= 200 && stretches < 203, `${stretches} for 200 ids`);
});
