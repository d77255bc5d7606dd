import t from 'tap';
import { assignmentDecider as decider, MOST_SUBMISSIONS, type AssignmentCommand } from '../../src/domain/assignment/decider.js';
import type { AssignmentEvent } from '../../src/domain/assignment/events.js';
import { given } from './decider-specification.js';

const at = '2026-01-01T00:00:00.000Z';
const dueDate = '2026-02-01T00:00:00.000Z';
const later = '2026-02-01T00:00:00.001Z';
const assignmentId = 'a';
const details = { title: 'Task', description: 'Do it', dueDate, points: 100, resourceUrl: null, status: 'ACTIVE' } as const;
const created: AssignmentEvent = { type: 'AssignmentCreated', data: { assignmentId, courseId: 'c', ...details, createdAt: at } };
const changed = (changes: object): AssignmentEvent => ({ type: 'AssignmentChanged', data: { assignmentId, ...changes, changedAt: at } });
const handIn = (studentId: string, time = at, fileUrl = 'https://x.example/1'): AssignmentCommand => ({ type: 'HandIn', data: { assignmentId, submissionId: `s-${studentId}-new`, studentId, fileUrl, at: time } });
const handedIn = (studentId: string, submissionId = `s-${studentId}`): AssignmentEvent => ({ type: 'AssignmentHandedIn', data: { assignmentId, courseId: 'c', submissionId, studentId, fileUrl: 'https://x.example/1', submittedAt: at } });
const remove: AssignmentCommand = { type: 'DeleteAssignment', data: { assignmentId, at } };

t.test('an assignment is created once, and changes what differs', async () => {
  given(decider).when({ type: 'CreateAssignment', data: { assignmentId, courseId: 'c', ...details, at } }).then([created]);
  given(decider, [created]).when({ type: 'CreateAssignment', data: { assignmentId, courseId: 'c', ...details, at } }).thenNothing();
  given(decider, [created]).when({ type: 'ChangeAssignment', data: { assignmentId, title: 'New', points: 100, dueDate: null, at } }).then([changed({ title: 'New', dueDate: null })]);
  given(decider, [created]).when({ type: 'ChangeAssignment', data: { assignmentId, title: 'Task', at } }).thenNothing();
  given(decider).when({ type: 'ChangeAssignment', data: { assignmentId, title: 'New', at } }).thenRefused('assignment-not-found');
});

t.test('a student has one submission; the next takes its place until the due date', async () => {
  given(decider, [created]).when(handIn('ann')).then([handedIn('ann', 's-ann-new')]);
  given(decider, [created, handedIn('ann')]).when(handIn('ann', dueDate, 'https://x.example/2')).then([
    { type: 'AssignmentHandedInAgain', data: { assignmentId, courseId: 'c', submissionId: 's-ann', studentId: 'ann', fileUrl: 'https://x.example/2', submittedAt: dueDate } },
  ]);
  given(decider, [created]).when(handIn('ann', later)).thenRefused('assignment-past-due');
  given(decider, [created, changed({ dueDate: null })]).when(handIn('ann', later)).then([{ type: 'AssignmentHandedIn', data: { assignmentId, courseId: 'c', submissionId: 's-ann-new', studentId: 'ann', fileUrl: 'https://x.example/1', submittedAt: later } }]);
});

t.test('nothing is handed in for what is not active', async () => {
  for (const status of ['DRAFT', 'EXPIRED', 'DELETED'] as const) given(decider, [created, changed({ status })]).when(handIn('ann')).thenRefused('assignment-inactive');
  given(decider).when(handIn('ann')).thenRefused('assignment-not-found');
  given(decider, [created, { type: 'AssignmentRemoved', data: { assignmentId, removedAt: at } } satisfies AssignmentEvent]).when(handIn('ann')).thenRefused('assignment-not-found');
  const full = Array.from({ length: MOST_SUBMISSIONS }, (_, index) => handedIn(`u${index}`));
  given(decider, [created, ...full]).when(handIn('ann')).thenRefused('too-many-submissions', { most: MOST_SUBMISSIONS });
});

t.test('an assignment goes, unless something was handed in', async () => {
  given(decider, [created]).when(remove).then([{ type: 'AssignmentRemoved', data: { assignmentId, removedAt: at } }]);
  given(decider, [created, handedIn('ann')]).when(remove).then([changed({ status: 'DELETED' })]);
  given(decider, [created, handedIn('ann'), changed({ status: 'DELETED' })]).when(remove).thenNothing();
});
