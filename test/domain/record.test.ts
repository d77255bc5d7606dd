import t from 'tap';
import { Type } from 'typebox';
import { EventCodec } from '../../src/domain/event-codec.js';
import { Personal, type EventSchema } from '../../src/domain/kernel/event-schema.js';
import { emptyMap } from '../../src/domain/kernel/persistent-map.js';
import { resource } from '../../src/domain/record/resource.js';
import type { RecordEvent } from '../../src/domain/record/record-book.js';
import { given as givenOf, stateAfter } from './decider-specification.js';

const at = '2026-03-01T12:00:00.000Z';

/** Plans of a house: two of a name are one too many, and there is room for three. */
const plan = resource('Plan', {
  category: 'plan',
  description: 'A plan of a house',
  fields: {
    houseId: Type.String(),
    architect: Type.String(),
    name: Type.String(),
    floor: Type.Optional(Type.Integer()),
    tags: Type.Optional(Type.Array(Type.String())),
    size: Type.Optional(Type.Object({ width: Type.Integer(), length: Type.Optional(Type.Integer()) })),
  },
  within: 'houseId',
  fixed: { architect: 'refused' },
  unique: [{ fields: ['name'], ignoreCase: true }, { fields: ['floor', 'architect'] }],
  most: 3,
  checks: [{ field: 'tags', sentence: 'must not have the name among them', holds: ({ name, tags }) => !Array.isArray(tags) || !tags.includes(name) }],
  references: { houseId: { to: 'course' } },
  rules: { read: 'anyone', write: 'owner' },
  restorable: true,
});
const codec = new EventCodec({}, new Map(plan.events.map((schema) => [schema.type, schema])));
const given = (...events: readonly RecordEvent[]) => givenOf(plan.decider, events, codec);

const by = (recordId: string) => ({ recordId, actorId: 'ada' });
const ground = { houseId: 'h', architect: 'Eileen', name: 'Ground', floor: 0 };
const create = (recordId: string, fields: object = ground, ownerId = 'ada') => ({ type: 'CreateRecord', data: { ...by(recordId), ownerId, fields: { ...ground, ...fields }, at } }) as const;
const change = (recordId: string, fields: object, cleared: readonly string[] = []) => ({ type: 'ChangeRecord', data: { ...by(recordId), fields: { ...fields }, cleared, at } }) as const;
const remove = (recordId: string) => ({ type: 'DeleteRecord', data: { ...by(recordId), at } }) as const;
const restore = (recordId: string) => ({ type: 'RestoreRecord', data: { ...by(recordId), at } }) as const;

const created = (recordId: string, fields: object = {}, ownerId = 'ada'): RecordEvent => ({
  type: 'PlanCreated',
  data: { ...by(recordId), ownerId, fields: { ...ground, ...fields }, createdAt: at },
});
const changed = (recordId: string, fields: object, cleared?: readonly string[]): RecordEvent => ({
  type: 'PlanChanged',
  data: { ...by(recordId), ownerId: 'ada', fields: { ...fields }, ...(cleared === undefined ? {} : { cleared }), changedAt: at },
});
const deleted = (recordId: string): RecordEvent => ({ type: 'PlanDeleted', data: { ...by(recordId), ownerId: 'ada', deletedAt: at } });
const restored = (recordId: string): RecordEvent => ({ type: 'PlanRestored', data: { ...by(recordId), ownerId: 'ada', restoredAt: at } });
const three = [created('a', { name: 'A', floor: 1 }), created('b', { name: 'B', floor: 2 }), created('c', { name: 'C', floor: 3 })];

t.test('creating', async (t) => {
  t.test('keeps the record and says who did it', async () => given().when(create('a')).then([created('a')]));
  t.test('is refused where there is one', async () => given(created('a')).when(create('a')).thenRefused('record-exists', { recordId: 'a' }));
  t.test('is open again to the owner of what was deleted', async () => given(created('a'), deleted('a')).when(create('a')).then([created('a')]));
  t.test('never gives the id of a deleted record to somebody else', async () =>
    given(created('a'), deleted('a')).when(create('a', {}, 'bob')).thenRefused('record-of-another', { recordId: 'a' }));
  t.test('is refused beyond the limit, and open again when one is gone', async () => {
    given(...three).when(create('d', { name: 'D', floor: 4 })).thenRefused('record-limit-reached', { most: 3 });
    given(...three, deleted('b')).when(create('d', { name: 'D', floor: 4 })).then([created('d', { name: 'D', floor: 4 })]);
    given(...three, deleted('b'), deleted('b')).when(create('d', { name: 'D', floor: 2 })).then([created('d', { name: 'D', floor: 2 })]);
  });
});

t.test('what does not hold between fields is refused, by the field that is named for it', async (t) => {
  const refusal = { field: 'tags', problem: 'must not have the name among them' };
  t.test('in a new record', async () => given().when(create('a', { tags: ['old', 'Ground'] })).thenRefused('record-value-invalid', refusal));
  t.test('in a change of either field, seen together with the other', async () => {
    given(created('a', { tags: ['Cellar'] })).when(change('a', { name: 'Cellar' })).thenRefused('record-value-invalid', refusal);
    given(created('a')).when(change('a', { tags: ['Ground'] })).thenRefused('record-value-invalid', refusal);
  });
  t.test('but not where the change mends it', async () =>
    given(created('a', { tags: ['Cellar'] })).when(change('a', { name: 'Cellar', tags: ['deep'] })).then([changed('a', { name: 'Cellar', tags: ['deep'] })]));
});

t.test('a value that only one record may have', async (t) => {
  t.test('is refused however it is written', async () => {
    for (const name of ['Ground', 'gROUND', ' Ground ']) {
      given(created('a')).when(create('b', { name, floor: 9 })).thenRefused('record-value-taken', { fields: ['name'] });
    }
    given(created('a', { name: 'É' })).when(create('b', { name: 'e\u0301', floor: 9 })).thenRefused('record-value-taken', { fields: ['name'] });
  });
  t.test('may be made of several fields, compared as they are', async () => {
    given(created('a')).when(create('b', { name: 'B' })).thenRefused('record-value-taken', { fields: ['floor', 'architect'] });
    given(created('a')).when(create('b', { name: 'B', architect: 'EILEEN' })).then([created('b', { name: 'B', architect: 'EILEEN' })]);
  });
  t.test('is free where a part of it is absent', async () => {
    const without = { ...ground, name: 'B', floor: undefined };
    const { floor: _, ...fields } = without;
    const first = { ...created('a'), data: { ...created('a').data, fields: { ...fields, name: 'A' } } } as RecordEvent;
    given(first).when({ ...create('b'), data: { ...create('b').data, fields } }).then([
      { type: 'PlanCreated', data: { ...by('b'), ownerId: 'ada', fields, createdAt: at } },
    ]);
  });
  t.test('is free again after a change and after a deletion', async () => {
    given(created('a'), changed('a', { name: 'Cellar', floor: -1 })).when(create('b')).then([created('b')]);
    given(created('a'), deleted('a')).when(create('b')).then([created('b')]);
  });
  t.test('is kept through a change of something else', async () => {
    given(created('a'), changed('a', { tags: ['x'] })).when(create('b')).thenRefused('record-value-taken', { fields: ['name'] });
    given(created('a')).when(change('a', { name: 'GROUND' })).then([changed('a', { name: 'GROUND' })]);
  });
  t.test('is refused in a change too', async () =>
    given(...three).when(change('a', { name: 'b' })).thenRefused('record-value-taken', { fields: ['name'] }));
});

t.test('changing', async (t) => {
  t.test('records what differs, and nothing else', async (t) => {
    given(created('a')).when(change('a', { name: 'Ground', floor: 1 })).then([changed('a', { floor: 1 })]);
    t.match(stateAfter(plan.decider, [created('a'), changed('a', { floor: 1 })]).records.get('a'), { fields: { ...ground, floor: 1 } });
  });
  t.test('to what is so already records nothing, in lists and objects too', async () => {
    const tagged = created('a', { tags: ['x', 'y'], size: { width: 1 } });
    given(tagged).when(change('a', { ...ground, tags: ['x', 'y'], size: { width: 1 } })).thenNothing();
    given(tagged).when(change('a', { tags: ['y', 'x'] })).then([changed('a', { tags: ['y', 'x'] })]);
    given(tagged).when(change('a', { tags: ['x'] })).then([changed('a', { tags: ['x'] })]);
    given(tagged).when(change('a', { size: { width: 1, length: 2 } })).then([changed('a', { size: { width: 1, length: 2 } })]);
    given(tagged).when(change('a', { size: { width: 2 } })).then([changed('a', { size: { width: 2 } })]);
    given(tagged).when(change('a', { tags: ['x', 'z'] })).then([changed('a', { tags: ['x', 'z'] })]);
  });
  t.test('takes the value of an optional field away, of no other', async (t) => {
    given(created('a')).when(change('a', {}, ['floor'])).then([changed('a', {}, ['floor'])]);
    given(created('a')).when(change('a', { name: 'Attic' }, ['floor'])).then([changed('a', { name: 'Attic' }, ['floor'])]);
    given(created('a')).when(change('a', {}, ['name', 'tags', 'architect'])).thenNothing();
    t.notOk('floor' in (stateAfter(plan.decider, [created('a'), changed('a', {}, ['floor'])]).records.get('a')?.fields ?? {}));
  });
  t.test('leaves out the field that says where the record lies, and refuses what is fixed', async () => {
    given(created('a')).when(change('a', { houseId: 'other', floor: 1 })).then([changed('a', { floor: 1 })]);
    given(created('a')).when(change('a', { architect: 'Le' })).thenRefused('record-field-fixed', { field: 'architect' });
    given(created('a')).when(change('a', { architect: 'Eileen' })).thenNothing();
  });
  t.test('is refused where there is none', async () => {
    given().when(change('a', { floor: 1 })).thenRefused('record-not-found', { recordId: 'a' });
    given(created('a'), deleted('a')).when(change('a', { floor: 1 })).thenRefused('record-not-found', { recordId: 'a' });
  });
});

t.test('deleting', async (t) => {
  t.test('is recorded once', async () => {
    given(created('a')).when(remove('a')).then([deleted('a')]);
    given(created('a'), deleted('a')).when(remove('a')).thenNothing();
    given().when(remove('a')).thenRefused('record-not-found', { recordId: 'a' });
  });
  t.test('keeps the fields of what can be restored', async (t) => {
    t.match(stateAfter(plan.decider, [created('a'), deleted('a')]).records.get('a'), { status: 'deleted', ownerId: 'ada', fields: ground });
  });
});

t.test('restoring', async (t) => {
  const gone = [created('a'), deleted('a')];
  t.test('brings the record back as it was', async (t) => {
    given(...gone).when(restore('a')).then([restored('a')]);
    t.match(stateAfter(plan.decider, [...gone, restored('a')]).records.get('a'), { status: 'kept', fields: ground });
    given(created('a')).when(restore('a')).thenNothing();
    given().when(restore('a')).thenRefused('record-not-found', { recordId: 'a' });
  });
  t.test('is refused where its values were taken or there is no room', async () => {
    given(...gone, created('b')).when(restore('a')).thenRefused('record-value-taken', { fields: ['name'] });
    given(...gone, ...three.map(({ data }) => created(`${data.recordId}2`, 'fields' in data ? data.fields : {})))
      .when(restore('a'))
      .thenRefused('record-limit-reached', { most: 3 });
    given(...gone, restored('a')).when(create('b')).thenRefused('record-value-taken', { fields: ['name'] });
  });
  t.test('is not possible where the declaration does not say so, and nothing is kept but what it refers to', async (t) => {
    const note = resource('Note', {
      category: 'note',
      description: 'A note',
      fields: { courseId: Type.String(), text: Type.String() },
      references: { courseId: { to: 'course' } },
      rules: { read: 'owner', write: 'owner' },
    });
    const data = { recordId: 'n', ownerId: 'ada', actorId: null };
    const events: RecordEvent[] = [
      { type: 'NoteCreated', data: { ...data, fields: { courseId: 'c', text: 'private' }, createdAt: at } },
      { type: 'NoteDeleted', data: { ...data, deletedAt: at } },
    ];
    t.same(stateAfter(note.decider, events).records.get('n'), { status: 'deleted', ownerId: 'ada', fields: { courseId: 'c' } });
    givenOf(note.decider, events).when(restore('n')).thenRefused('record-not-found', { recordId: 'n' });
    const back: RecordEvent = { type: 'NoteRestored', data: { ...data, restoredAt: at } };
    t.equal(stateAfter(note.decider, [...events, back]).records.get('n')?.status, 'deleted');
  });
});

t.test('evolve ignores what does not apply', async (t) => {
  const none = stateAfter(plan.decider, [changed('a', { floor: 1 }), deleted('a'), restored('a')]);
  t.same(none, { records: emptyMap(), holders: emptyMap(), kept: 0 });
  const late = stateAfter(plan.decider, [created('a'), deleted('a'), changed('a', { name: 'Z' })]);
  t.equal(late.holders.size, 0);
  t.same(late.records.get('a'), { status: 'deleted', ownerId: 'ada', fields: ground });
});

t.test('what its events hold of a person is marked as a whole', async (t) => {
  const base = { category: 'x', description: 'An x', rules: { read: 'anyone', write: 'admin' } } as const;
  const isMarked = ({ data: { properties } }: EventSchema): boolean => properties['fields'] !== undefined && 'x-personal' in properties['fields'];
  t.same(plan.events.map(isMarked), [false, false, false, false]);
  const letter = resource('Letter', { ...base, fields: { text: Personal(Type.String()) } });
  t.same(letter.events.map(isMarked), [true, true, false, false]);
});

t.test('options that do not go together are refused when the program starts', async (t) => {
  const base = { category: 'x', description: 'An x', rules: { read: 'anyone', write: 'admin' } };
  t.throws(() => resource('X', { ...base, fields: { name: Type.String() }, unique: [{ fields: ['name'] }] }), /within/);
  t.throws(() => resource('X', { ...base, fields: { name: Type.String() }, most: 3 }), /within/);
  t.throws(() => resource('X', { ...base, fields: { createdAt: Type.String() } }), /createdAt/);
});

t.test('the files of a record', async (t) => {
  const poster = resource('Poster', {
    category: 'poster',
    description: 'A poster',
    fields: { title: Type.String(), frontFile: Type.Optional(Type.String()), backFile: Type.Optional(Type.String()) },
    files: ['frontFile', 'backFile'],
    rules: { read: 'anyone', write: 'owner' },
  });
  const posters = new EventCodec({}, new Map(poster.events.map((schema) => [schema.type, schema])));
  const hung: RecordEvent = { type: 'PosterCreated', data: { ...by('a'), ownerId: 'ada', fields: { title: 'A', frontFile: 'f1', backFile: 'b1' }, createdAt: at } };
  const altered = (fields: object, rest: object = {}): RecordEvent => ({ type: 'PosterChanged', data: { ...by('a'), ownerId: 'ada', fields: { ...fields }, ...rest, changedAt: at } });
  const when = (command: Parameters<typeof poster.decider.decide>[0], ...events: readonly RecordEvent[]) => givenOf(poster.decider, [hung, ...events], posters).when(command);
  const replaced = altered({ frontFile: 'f2' }, { removedFiles: ['f1'] });

  t.test('one that is replaced is named', async () => when(change('a', { frontFile: 'f2' })).then([replaced]));
  t.test('and one that is cleared', async () => when(change('a', { frontFile: 'f2' }, ['backFile'])).then([altered({ frontFile: 'f2' }, { cleared: ['backFile'], removedFiles: ['f1', 'b1'] })]));
  t.test('but none that stays', async () => when(change('a', { title: 'B', frontFile: 'f1' })).then([altered({ title: 'B' })]));
  t.test('all go with the record', async () =>
    when(remove('a'), replaced).then([{ type: 'PosterDeleted', data: { ...by('a'), ownerId: 'ada', removedFiles: ['f2', 'b1'], deletedAt: at } }]));
  t.test('the state knows those of the last change alone', async (t) => {
    t.same(stateAfter(poster.decider, [hung, replaced]).records.get('a')?.removedFiles, ['f1']);
    t.equal(stateAfter(poster.decider, [hung, replaced, altered({ title: 'B' })]).records.get('a')?.removedFiles, undefined);
  });
  t.test('one that can be restored keeps them', async () => {
    const album = resource('Album', { category: 'album', description: 'An album', fields: { coverFile: Type.Optional(Type.String()) }, files: ['coverFile'], restorable: true, rules: { read: 'anyone', write: 'owner' } });
    const made: RecordEvent = { type: 'AlbumCreated', data: { ...by('a'), ownerId: 'ada', fields: { coverFile: 'c' }, createdAt: at } };
    givenOf(album.decider, [made], new EventCodec({}, new Map(album.events.map((schema) => [schema.type, schema])))).when(remove('a')).then([
      { type: 'AlbumDeleted', data: { ...by('a'), ownerId: 'ada', deletedAt: at } },
    ]);
  });
});
