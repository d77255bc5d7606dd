import t from 'tap';
import { Type } from 'typebox';
import { EventCodec, UnreadableEvent } from '../../src/domain/event-codec.js';
import { defineEvent } from '../../src/domain/kernel/event-schema.js';

const renamed = defineEvent('CourseRenamed', 'A made-up event that has changed twice.', { courseId: Type.String(), title: Type.String(), language: Type.String() }, 3);
const upcasters = {
  CourseRenamed: {
    1: ({ name, ...data }: Readonly<Record<string, unknown>>) => ({ ...data, title: name }),
    2: (data: Readonly<Record<string, unknown>>) => ({ ...data, language: 'en' }),
  },
};
const codec = new EventCodec(upcasters, new Map([[renamed.type, renamed]]));
const current = { courseId: 'c', title: 'Fugues', language: 'en' };

t.test('an event of an older version is brought to the current one, step by step', async (t) => {
  t.equal(codec.versionOf('CourseRenamed'), 3);
  t.strictSame(codec.decode('CourseRenamed', 1, { courseId: 'c', name: 'Fugues' }), { type: 'CourseRenamed', data: current });
  t.strictSame(codec.decode('CourseRenamed', 2, { courseId: 'c', title: 'Fugues' }), { type: 'CourseRenamed', data: current });
  t.strictSame(codec.decode('CourseRenamed', 3, { ...current, language: 'de' }), { type: 'CourseRenamed', data: { ...current, language: 'de' } });
});

t.test('what is stored is not changed by being read', async (t) => {
  const stored = Object.freeze({ courseId: 'c', name: 'Fugues' });
  codec.decode('CourseRenamed', 1, stored);
  t.strictSame(stored, { courseId: 'c', name: 'Fugues' });
});

t.test('a version that nothing leads on from is refused', async (t) => {
  t.throws(() => codec.decode('CourseRenamed', 0, {}), new UnreadableEvent('no upcaster for CourseRenamed version 0'));
  t.throws(() => new EventCodec({}, new Map([[renamed.type, renamed]])).decode('CourseRenamed', 2, {}), new UnreadableEvent('no upcaster for CourseRenamed version 2'));
});

t.test('an older build passes on what it does not know: types and later versions', async (t) => {
  t.equal(codec.versionOf('CourseSung'), 1);
  t.strictSame(codec.decode('CourseSung', 1, { a: 1 }), { type: 'CourseSung', data: { a: 1 } });
  t.strictSame(codec.decode('CourseRenamed', 4, { b: 2 }), { type: 'CourseRenamed', data: { b: 2 } });
});

t.test('data that does not fit is stopped before it becomes history, with the place', async (t) => {
  codec.assertValid({ type: 'CourseRenamed', data: current });
  t.throws(() => codec.assertValid({ type: 'CourseRenamed', data: { ...current, title: 7 } }), new UnreadableEvent('CourseRenamed/title must be string'));
  t.throws(() => codec.assertValid({ type: 'CourseRenamed', data: {} }), UnreadableEvent);
  t.throws(() => codec.assertValid({ type: 'CourseSung', data: {} }), new UnreadableEvent('no schema for event CourseSung'));
});
