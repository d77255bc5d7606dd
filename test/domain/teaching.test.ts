import t from 'tap';
import { isTaught, teachingDecider, type Teaching, type TeachingCommand } from '../../src/domain/teaching/decider.js';
import type { TeachingEvent } from '../../src/domain/teaching/events.js';
import { given as givenOf, stateAfter } from './decider-specification.js';
import { fc } from '../fixtures/properties.js';

const at = '2026-03-01T12:00:00.000Z';
const pair = { teacherId: 'tess', studentId: 'sam' };
const acting = { ...pair, at };

const join: TeachingCommand = { type: 'JoinTeacher', data: acting };
const block: TeachingCommand = { type: 'BlockStudent', data: acting };
const unblock: TeachingCommand = { type: 'UnblockStudent', data: acting };
const toggle: TeachingCommand = { type: 'ToggleBlock', data: acting };
const remove: TeachingCommand = { type: 'RemoveStudent', data: acting };
const note = (notes: string): TeachingCommand => ({ type: 'ChangeNotes', data: { ...acting, notes } });

const joined: TeachingEvent = { type: 'StudentJoined', data: { ...pair, joinedAt: at } };
const blocked: TeachingEvent = { type: 'StudentBlocked', data: { ...pair, blockedAt: at } };
const unblocked: TeachingEvent = { type: 'StudentUnblocked', data: { ...pair, unblockedAt: at } };
const removed: TeachingEvent = { type: 'StudentRemoved', data: { ...pair, removedAt: at } };
const noted = (notes: string): TeachingEvent => ({ type: 'StudentNotesChanged', data: { ...pair, notes, changedAt: at } });

const given = (...events: readonly TeachingEvent[]) => givenOf(teachingDecider, events);

t.test('joining a teacher', async (t) => {
  t.test('makes one a student', async () => given().when(join).then([joined]));
  t.test('twice is once', async () => given(joined).when(join).thenNothing());
  t.test('does not undo a block', async () => given(joined, blocked).when(join).thenNothing());
  t.test('is open again to who was removed, blocked before or not', async () => {
    given(joined, removed).when(join).then([joined]);
    given(joined, blocked, removed).when(join).then([joined]);
  });
  t.test('is not for the teacher', async () =>
    given().when({ type: 'JoinTeacher', data: { teacherId: 'tess', studentId: 'tess', at } }).thenRefused('own-teacher'));
});

t.test('blocking', async (t) => {
  t.test('by name of what is wanted is done once', async () => {
    given(joined).when(block).then([blocked]);
    given(joined, blocked).when(block).thenNothing();
    given(joined, blocked).when(unblock).then([unblocked]);
    given(joined).when(unblock).thenNothing();
  });
  t.test('by toggling goes to and fro', async () => {
    given(joined).when(toggle).then([blocked]);
    given(joined, blocked).when(toggle).then([unblocked]);
    given(joined, blocked, unblocked).when(toggle).then([blocked]);
  });
});

t.test('removing ends it, blocked or not', async () => {
  given(joined).when(remove).then([removed]);
  given(joined, blocked).when(remove).then([removed]);
});

t.test('notes', async (t) => {
  t.test('are changed, also of who is blocked, and emptied', async () => {
    given(joined, blocked).when(note('Late')).then([noted('Late')]);
    given(joined, noted('Late')).when(note('')).then([noted('')]);
  });
  t.test('that say the same record nothing', async () => {
    given(joined).when(note('')).thenNothing();
    given(joined, noted('Late')).when(note('Late')).thenNothing();
  });
  t.test('outlast a removal', async () => given(joined, noted('Late'), removed, joined).when(note('Late')).thenNothing());
});

t.test('nothing is done to who is no student of the teacher', async () => {
  for (const command of [block, unblock, toggle, remove, note('Late')]) {
    given().when(command).thenRefused('not-a-student-of-teacher');
    given(joined, removed).when(command).thenRefused('not-a-student-of-teacher');
  }
});

t.test('whatever is done, a student is one of four things, and only joining makes one of who is none', async () => {
  const next = (state: Teaching, command: TeachingCommand): Teaching => {
    const decision = teachingDecider.decide(command, state);
    return decision.ok ? decision.events.reduce((before, event) => teachingDecider.evolve(before, event), state) : state;
  };
  fc.assert(
    fc.property(fc.array(fc.constantFrom(join, block, unblock, toggle, remove, note('a'), note('b')), { maxLength: 30 }), (commands) => {
      let state = stateAfter(teachingDecider, []);
      for (const command of commands) {
        const after = next(state, command);
        const wasNone = state.status === 'none' || state.status === 'removed';
        if (wasNone && command.type !== 'JoinTeacher' && after !== state) return false;
        if (state.status === 'blocked' && isTaught(after) && command.type !== 'ToggleBlock' && command.type !== 'UnblockStudent') return false;
        if (command.type === 'RemoveStudent' && isTaught(after)) return false;
        state = after;
      }
      return true;
    }),
  );
});
