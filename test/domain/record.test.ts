import t from 'tap';
import { Type } from 'typebox';
import { defineEvent, Id, Timestamp, type EventOf } from '../../src/domain/kernel/event-schema.js';
import { recordDecider } from '../../src/domain/record/decider.js';
import { recordEvents, type RecordEvent } from '../../src/domain/record/events.js';
import { given, stateAfter } from './decider-specification.js';

const at = '2026-03-01T12:00:00.000Z';
const ids = { recordId: 'payment-1', ownerId: 'account-1' };
const [created, changed, deleted] = recordEvents;
const billing = recordDecider({ created, changed, deleted });

const wasCreated: RecordEvent = { type: 'PaymentBillingCreated', data: { ...ids, fields: { firstName: 'Ada', city: 'London' }, createdAt: at } };
const wasChanged: RecordEvent = { type: 'PaymentBillingChanged', data: { ...ids, fields: { city: 'Paris' }, changedAt: at } };
const wasDeleted: RecordEvent = { type: 'PaymentBillingDeleted', data: { ...ids, deletedAt: at } };
const create = { type: 'CreateRecord', data: { ...ids, fields: { firstName: 'Ada', city: 'London' }, at } } as const;
const change = { type: 'ChangeRecord', data: { ...ids, fields: { city: 'Paris' }, at } } as const;
const remove = { type: 'DeleteRecord', data: { ...ids, at } } as const;

t.test('creating', async (t) => {
  t.test('keeps the record', async () => given(billing).when(create).then([wasCreated]));
  t.test('is refused where there is one', async () => given(billing, [wasCreated]).when(create).thenRefused('record-exists'));
  t.test('is open again after a deletion', async () => given(billing, [wasCreated, wasDeleted]).when(create).then([wasCreated]));
});

t.test('changing', async (t) => {
  t.test('replaces the fields that it names, and no other', async (t) => {
    given(billing, [wasCreated]).when(change).then([wasChanged]);
    t.match(stateAfter(billing, [wasCreated, wasChanged]), { fields: { firstName: 'Ada', city: 'Paris' } });
  });
  t.test('to what is so already records nothing', async () => given(billing, [wasCreated, wasChanged]).when(change).thenNothing());
  t.test('is refused where there is none', async () => {
    given(billing).when(change).thenRefused('record-not-found');
    given(billing, [wasCreated, wasDeleted]).when(change).thenRefused('record-not-found');
  });
  t.test("is refused for another's record", async () =>
    given(billing, [wasCreated])
      .when({ ...change, data: { ...change.data, ownerId: 'account-2' } })
      .thenRefused('record-of-another'));
});

t.test('deleting', async (t) => {
  t.test('keeps nothing of it', async (t) => {
    given(billing, [wasCreated]).when(remove).then([wasDeleted]);
    t.same(stateAfter(billing, [wasCreated, wasDeleted]), { status: 'deleted', ...ids, deletedAt: at });
  });
  t.test('is done once', async () => given(billing, [wasCreated, wasDeleted]).when(remove).thenNothing());
  t.test('is refused where there is none', async () => given(billing).when(remove).thenRefused('record-not-found'));
  t.test("is refused for another's record", async () => {
    const others = { ...remove, data: { ...remove.data, ownerId: 'account-2' } };
    given(billing, [wasCreated]).when(others).thenRefused('record-of-another');
    given(billing, [wasCreated, wasDeleted]).when(others).thenRefused('record-not-found');
  });
});

t.test('evolve ignores what does not apply', async (t) => {
  t.same(stateAfter(billing, [wasChanged, wasDeleted]), { status: 'absent' });
});

t.test('another resource needs nothing but its schemas', async (t) => {
  const fields = Type.Object({ title: Type.String(), tags: Type.Array(Type.String()), place: Type.Object({ room: Type.Integer() }) });
  const note = { recordId: Id, ownerId: Id };
  const noteCreated = defineEvent('NoteCreated', 'A note.', { ...note, fields, createdAt: Timestamp });
  const noteChanged = defineEvent('NoteChanged', 'A note changed.', { ...note, fields: Type.Partial(fields), changedAt: Timestamp });
  const noteDeleted = defineEvent('NoteDeleted', 'A note is gone.', { ...note, deletedAt: Timestamp });
  const notes = recordDecider({ created: noteCreated, changed: noteChanged, deleted: noteDeleted });
  const first: EventOf<typeof noteCreated> = {
    type: 'NoteCreated',
    data: { ...ids, fields: { title: 'Plan', tags: ['a', 'b'], place: { room: 1 } }, createdAt: at },
  };
  const decided = (changes: { title?: string; tags?: string[]; place?: { room: number } }) => {
    const decision = notes.decide({ type: 'ChangeRecord', data: { ...ids, fields: changes, at } }, stateAfter(notes, [first]));
    return decision.ok ? decision.events.length : undefined;
  };
  t.equal(decided({ tags: ['a', 'b'], place: { room: 1 } }), 0, 'equal lists and objects are no change');
  t.equal(decided({ tags: ['b', 'a'] }), 1);
  t.equal(decided({ tags: ['a'] }), 1);
  t.equal(decided({ place: { room: 2 } }), 1);
});
