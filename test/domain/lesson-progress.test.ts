import t from 'tap';
import { lessonProgressDecider, MOST_LESSONS_BEGUN, type LessonProgressCommand } from '../../src/domain/lesson-progress/decider.js';
import type { LessonProgressEvent } from '../../src/domain/lesson-progress/events.js';
import { given } from './decider-specification.js';

const at = '2026-03-01T12:00:00.000Z';
const of = (lessonId: string) => ({ studentId: 'student', courseId: 'course', lessonId });

const tell = (isCompleted?: boolean, lessonId = 'l1'): LessonProgressCommand => ({ type: 'TellProgress', data: { ...of(lessonId), ...(isCompleted === undefined ? {} : { isCompleted }), at } });
const begun = (lessonId = 'l1'): LessonProgressEvent => ({ type: 'LessonBegun', data: { ...of(lessonId), begunAt: at } });
const completed = (lessonId = 'l1'): LessonProgressEvent => ({ type: 'LessonCompleted', data: { ...of(lessonId), completedAt: at } });
const reopened = (lessonId = 'l1'): LessonProgressEvent => ({ type: 'LessonReopened', data: { ...of(lessonId), reopenedAt: at } });

t.test('a lesson is completed once', async () => {
  given(lessonProgressDecider).when(tell(true)).then([completed()]);
  given(lessonProgressDecider, [begun()]).when(tell(true)).then([completed()]);
  given(lessonProgressDecider, [completed()]).when(tell(true)).thenNothing();
  given(lessonProgressDecider, [completed(), reopened()]).when(tell(true)).then([completed()]);
});

t.test('a completed lesson is opened again once', async () => {
  given(lessonProgressDecider, [completed()]).when(tell(false)).then([reopened()]);
  given(lessonProgressDecider, [completed(), reopened()]).when(tell(false)).thenNothing();
});

t.test('who tells first that a lesson is not completed has begun it', async () => {
  given(lessonProgressDecider).when(tell(false)).then([begun()]);
  given(lessonProgressDecider, [begun()]).when(tell(false)).thenNothing();
  given(lessonProgressDecider, [completed('l2')]).when(tell(false)).then([begun()]);
});

t.test('who tells nothing changes nothing, and has begun the lesson', async () => {
  given(lessonProgressDecider).when(tell()).then([begun()]);
  given(lessonProgressDecider, [completed()]).when(tell()).thenNothing();
  given(lessonProgressDecider, [completed(), reopened()]).when(tell()).thenNothing();
});

t.test('progress has an end, and what is known goes on', async () => {
  const full = Array.from({ length: MOST_LESSONS_BEGUN }, (_, index) => completed(`l${index}`));
  given(lessonProgressDecider, full).when(tell(true, 'another')).thenRefused('too-many-lessons-begun', { most: MOST_LESSONS_BEGUN });
  given(lessonProgressDecider, full).when(tell(false, 'l0')).then([reopened('l0')]);
  given(lessonProgressDecider, [...full.slice(1), reopened('l1')]).when(tell(true, 'another')).then([completed('another')]);
});
