import t from 'tap';
import { curriculumDecider, MOST_LESSONS, MOST_LESSONS_OF_MODULE, MOST_MODULES } from '../../src/domain/curriculum/decider.js';
import type { CurriculumEvent } from '../../src/domain/curriculum/events.js';
import {
  addLesson,
  addModule,
  changeLesson,
  changeModule,
  lessonAdded,
  lessonChanged,
  lessonRemoved,
  lessonsReordered,
  moduleAdded,
  moduleChanged,
  moduleRemoved,
  modulesReordered,
  removeLesson,
  removeModule,
} from './curriculum-examples.js';
import { given, stateAfter } from './decider-specification.js';

const from = (...events: readonly CurriculumEvent[]) => given(curriculumDecider, events);
const three = ['a', 'b', 'c'].map((id, index) => moduleAdded(id, { order: index + 1 }));
const taught = [moduleAdded('m'), ...['x', 'y', 'z'].map((id, index) => lessonAdded('m', id, { order: index + 1, duration: 60 * (index + 1) }))];

t.test('modules are added', async (t) => {
  t.test('with all that is said of them, the price in the places of its currency', async () => {
    from().when(addModule('m', { price: '9.5' })).then([moduleAdded('m', { price: '9.50' })]);
  });
  t.test('once', async () => {
    from(moduleAdded('m')).when(addModule('m')).thenNothing();
  });
  t.test('each at an order of its own', async () => {
    from(moduleAdded('m')).when(addModule('n')).thenRefused('module-order-taken');
    from(moduleAdded('m')).when(addModule('n', { order: 7 })).then([moduleAdded('n', { order: 7 })]);
    from(moduleAdded('m'), moduleRemoved('m', [], 0)).when(addModule('n')).then([moduleAdded('n')]);
  });
  t.test('with a title, an order from 1 on, and a price that the currency has', async () => {
    for (const title of ['', '  ']) from().when(addModule('m', { title })).thenRefused('module-title-empty');
    for (const title of ['ab', ' ab ', '𝄞𝄞']) from().when(addModule('m', { title })).thenRefused('module-title-too-short');
    for (const order of [0, -1, 1.5]) from().when(addModule('m', { order })).thenRefused('module-order-not-positive');
    from().when(addModule('m', { price: '1.001' })).thenRefused('amount-invalid', { problem: 'too-precise', currency: 'USD' });
    from().when(addModule('m', { price: '1.00', isFree: true })).thenRefused('module-free-with-price');
  });
  t.test('up to the limit of a course', async () => {
    const full = Array.from({ length: MOST_MODULES }, (_, index) => moduleAdded(`m${index}`, { order: index + 1 }));
    from(...full).when(addModule('n', { order: 1_000 })).thenRefused('too-many-modules', { most: MOST_MODULES });
    from(...full.slice(1)).when(addModule('n', { order: 1_000 })).then([moduleAdded('n', { order: 1_000 })]);
  });
});

t.test('modules are changed', async (t) => {
  t.test('and only what is another value is a fact', async () => {
    from(moduleAdded('m')).when(changeModule('m', { title: 'Fugue', description: 'Note against note', order: 1, price: '0', isPublished: false })).then([moduleChanged('m', { title: 'Fugue', isPublished: false })]);
    from(moduleAdded('m')).when(changeModule('m', { description: 'Other' })).then([moduleChanged('m', { description: 'Other' })]);
    from(moduleAdded('m')).when(changeModule('m', {})).thenNothing();
    from(moduleAdded('m'), moduleChanged('m', { description: 'Other' })).when(changeModule('m', { description: 'Other' })).thenNothing();
  });
  t.test('if they are there', async () => {
    from().when(changeModule('m', { title: 'Fugue' })).thenRefused('module-not-found');
    from(moduleAdded('m'), moduleRemoved('m', [], 0)).when(changeModule('m', { title: 'Fugue' })).thenRefused('module-not-found');
  });
  t.test('to nothing that a new one could not be', async () => {
    from(...three).when(changeModule('a', { title: 'ab' })).thenRefused('module-title-too-short');
    from(...three).when(changeModule('a', { order: 0 })).thenRefused('module-order-not-positive');
    from(...three).when(changeModule('a', { order: 0 }, true)).thenRefused('module-order-not-positive');
    from(...three).when(changeModule('a', { order: 2 })).thenRefused('module-order-taken');
    from(...three).when(changeModule('a', { order: 9 })).then([moduleChanged('a', { order: 9 })]);
    from(moduleAdded('m', { price: '5.00' })).when(changeModule('m', { isFree: true })).thenRefused('module-free-with-price');
    from(moduleAdded('m', { isFree: true })).when(changeModule('m', { price: '5.00' })).thenRefused('module-free-with-price');
    from(moduleAdded('m', { price: '5.00' })).when(changeModule('m', { isFree: true, price: '0' })).then([moduleChanged('m', { isFree: true, price: '0.00' })]);
  });
});

t.test('modules are moved', async (t) => {
  t.test('and the others make room', async () => {
    from(...three).when(changeModule('a', { order: 3 }, true)).then([modulesReordered('b', 'c', 'a')]);
    from(...three).when(changeModule('c', { order: 1 }, true)).then([modulesReordered('c', 'a', 'b')]);
    from(...three).when(changeModule('b', { order: 1, title: 'Fugue' }, true)).then([moduleChanged('b', { title: 'Fugue' }), modulesReordered('b', 'a', 'c')]);
  });
  t.test('beyond the end to the end', async () => {
    from(...three).when(changeModule('a', { order: 1_000 }, true)).then([modulesReordered('b', 'c', 'a')]);
  });
  t.test('which is nothing where all stand there already', async () => {
    from(...three).when(changeModule('b', { order: 2 }, true)).thenNothing();
    from(...three).when(changeModule('b', {}, true)).thenNothing();
  });
  t.test('which closes gaps', async () => {
    from(moduleAdded('a', { order: 5 }), moduleAdded('b', { order: 9 })).when(changeModule('b', { order: 2 }, true)).then([modulesReordered('a', 'b')]);
  });
  t.test('and stand there from then on', async () => {
    from(...three, modulesReordered('c', 'a', 'b')).when(changeModule('c', { order: 2 })).thenRefused('module-order-taken');
    from(...three, modulesReordered('c', 'a', 'b')).when(changeModule('c', { order: 1 })).thenNothing();
  });
});

t.test('modules are removed with their lessons', async (t) => {
  t.test('which are counted', async (t) => {
    from(...taught).when(removeModule('m')).then([moduleRemoved('m', ['x', 'y', 'z'], 360)]);
    from(...taught, moduleRemoved('m', ['x', 'y', 'z'], 360)).when(changeLesson('x', { title: 'Second' })).thenRefused('lesson-not-found');
    const { modules, lessons } = stateAfter(curriculumDecider, [...taught, moduleRemoved('m', ['x', 'y', 'z'], 360)]);
    t.same([modules.size, lessons.size], [0, 0]);
  });
  t.test('once', async () => {
    from().when(removeModule('m')).thenRefused('module-not-found');
  });
});

t.test('lessons are added', async (t) => {
  t.test('to a module, the duration 0 where it is not known', async () => {
    from(moduleAdded('m')).when(addLesson('m', 'x')).then([lessonAdded('m', 'x')]);
    from(moduleAdded('m')).when(addLesson('m', 'x', { duration: null })).then([lessonAdded('m', 'x', { duration: 0 })]);
    from().when(addLesson('m', 'x')).thenRefused('module-not-found');
  });
  t.test('once', async () => {
    from(...taught).when(addLesson('m', 'x', { order: 9 })).thenNothing();
  });
  t.test('each at an order of its own within the module', async () => {
    from(...taught).when(addLesson('m', 'w', { order: 3 })).thenRefused('lesson-order-taken');
    from(...taught, moduleAdded('n', { order: 2 })).when(addLesson('n', 'w', { order: 3 })).then([lessonAdded('n', 'w', { order: 3 })]);
    from(...taught, lessonRemoved('m', 'z')).when(addLesson('m', 'w', { order: 3 })).then([lessonAdded('m', 'w', { order: 3 })]);
  });
  t.test('with a title, an order and a duration above 0, and one video', async () => {
    const empty = from(moduleAdded('m'));
    empty.when(addLesson('m', 'x', { title: ' ' })).thenRefused('lesson-title-empty');
    for (const order of [0, -1, 1.5]) empty.when(addLesson('m', 'x', { order })).thenRefused('lesson-order-not-positive');
    for (const duration of [0, -1, 1.5]) empty.when(addLesson('m', 'x', { duration })).thenRefused('lesson-duration-not-positive');
    empty.when(addLesson('m', 'x', { videoFile: 'f', videoId: 'v' })).thenRefused('lesson-with-two-videos');
  });
  t.test('up to the limits of a module and a course', async () => {
    const filled = (moduleId: string, order: number, lessons: number) => [
      moduleAdded(moduleId, { order }),
      ...Array.from({ length: lessons }, (_, index) => lessonAdded(moduleId, `${moduleId}.${index}`, { order: index + 1 })),
    ];
    from(...filled('m', 1, MOST_LESSONS_OF_MODULE)).when(addLesson('m', 'x', { order: 999 })).thenRefused('too-many-lessons', { most: MOST_LESSONS_OF_MODULE });
    const full = Array.from({ length: MOST_LESSONS / MOST_LESSONS_OF_MODULE }, (_, index) => filled(`m${index}`, index + 1, MOST_LESSONS_OF_MODULE)).flat();
    from(...full, moduleAdded('n', { order: 99 })).when(addLesson('n', 'x')).thenRefused('too-many-lessons', { most: MOST_LESSONS });
  });
});

t.test('lessons are changed', async (t) => {
  t.test('and only what is another value is a fact', async () => {
    from(...taught).when(changeLesson('x', { title: 'Second', description: 'One against one', order: 1, duration: 60, isFree: true })).then([lessonChanged('m', 'x', { title: 'Second', isFree: true })]);
    from(...taught).when(changeLesson('x', { description: 'One against two' })).then([lessonChanged('m', 'x', { description: 'One against two' })]);
    from(...taught).when(changeLesson('x', {})).thenNothing();
    from(...taught).when(changeLesson('w', {})).thenRefused('lesson-not-found');
  });
  t.test('and the fact of another duration tells the one before', async () => {
    from(...taught).when(changeLesson('x', { duration: 90 })).then([lessonChanged('m', 'x', { duration: 90, previousDuration: 60 })]);
    from(...taught).when(changeLesson('x', { duration: null })).then([lessonChanged('m', 'x', { duration: 0, previousDuration: 60 })]);
  });
  t.test('to nothing that a new one could not be', async () => {
    from(...taught).when(changeLesson('x', { order: 2 })).thenRefused('lesson-order-taken');
    from(...taught).when(changeLesson('x', { order: 0 }, true)).thenRefused('lesson-order-not-positive');
    from(...taught).when(changeLesson('x', { duration: 0 })).thenRefused('lesson-duration-not-positive');
    from(...taught).when(changeLesson('x', { title: '' })).thenRefused('lesson-title-empty');
    from(...taught).when(changeLesson('x', { videoFile: 'f', videoId: 'v' })).thenRefused('lesson-with-two-videos');
  });
  t.test('and have one video at a time', async () => {
    from(moduleAdded('m'), lessonAdded('m', 'x', { videoFile: 'f' })).when(changeLesson('x', { videoId: 'v' })).then([lessonChanged('m', 'x', { videoFile: null, videoId: 'v' })]);
    from(moduleAdded('m'), lessonAdded('m', 'x', { videoId: 'v' })).when(changeLesson('x', { videoFile: 'f' })).then([lessonChanged('m', 'x', { videoFile: 'f', videoId: null })]);
  });
  t.test('and are moved within their module', async () => {
    from(...taught).when(changeLesson('z', { order: 1, isFree: true }, true)).then([lessonChanged('m', 'z', { isFree: true }), lessonsReordered('m', 'z', 'x', 'y')]);
    from(...taught, lessonsReordered('m', 'z', 'x', 'y')).when(changeLesson('z', { order: 1 }, true)).thenNothing();
  });
});

t.test('lessons are removed once, and the fact tells their duration', async () => {
  from(...taught).when(removeLesson('y')).then([lessonRemoved('m', 'y', 120)]);
  from(...taught, lessonRemoved('m', 'y', 120)).when(removeLesson('y')).thenRefused('lesson-not-found');
});

t.test('files that a change put out of use are known after it', async (t) => {
  const before = [moduleAdded('m', { imageFile: 'image' }), lessonAdded('m', 'x', { videoFile: 'video', documentFile: 'document', thumbnailFile: 'thumbnail' })];
  const replaced = (...events: readonly CurriculumEvent[]) => stateAfter(curriculumDecider, [...before, ...events]).replacedFiles;
  t.same(replaced(), []);
  t.same(replaced(moduleChanged('m', { title: 'Fugue' })), []);
  t.same(replaced(moduleChanged('m', { imageFile: 'other' })), ['image']);
  t.same(replaced(moduleChanged('m', { imageFile: 'other' }), modulesReordered('m')), ['image']);
  t.same(replaced(lessonChanged('m', 'x', { videoFile: null, videoId: 'v', thumbnailFile: 'other' })), ['video', 'thumbnail']);
  t.same(replaced(lessonRemoved('m', 'x')), ['video', 'document', 'thumbnail']);
  t.same(replaced(moduleRemoved('m', ['x'], 60)), ['image', 'video', 'document', 'thumbnail']);
  t.same(replaced(moduleRemoved('m', ['x'], 60), moduleAdded('n')), []);
});
