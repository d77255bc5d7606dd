import t from 'tap';
import { MOST_COURSES, shelfDecider, type Shelf } from '../../src/domain/shelf/decider.js';

const { decide, evolve, initialState } = shelfDecider;
const at = '2026-03-01T12:00:00.000Z';
const instructorId = 'ada';
const taken = (courseId: string) => ({ type: 'CoursePlaceTaken', data: { instructorId, courseId, takenAt: at } }) as const;
const freed = (courseId: string) => ({ type: 'CoursePlaceFreed', data: { instructorId, courseId, freedAt: at } }) as const;
const take = (courseId: string) => ({ type: 'TakeCoursePlace', data: { instructorId, courseId, at } }) as const;
const free = (courseId: string) => ({ type: 'FreeCoursePlace', data: { instructorId, courseId, at } }) as const;
const given = (...events: Parameters<typeof evolve>[1][]): Shelf => events.reduce(evolve, initialState());
const full = given(...Array.from({ length: MOST_COURSES }, (_, place) => taken(`c${place}`)));

t.test('a course takes one place, once', async (t) => {
  t.same(decide(take('a'), given()), { ok: true, events: [taken('a')] });
  t.same(decide(take('a'), given(taken('a'))), { ok: true, events: [] });
});

t.test('issue 9.6: a full shelf takes no more, until a place is freed', async (t) => {
  t.same(decide(take('a'), full), { ok: false, rejection: 'too-many-courses', details: { most: MOST_COURSES } });
  t.same(decide(take('c7'), full), { ok: true, events: [] }, 'a repeat needs no place');
  t.same(decide(take('a'), evolve(full, freed('c7'))), { ok: true, events: [taken('a')] });
});

t.test('a place is freed once, and what has none frees none', async (t) => {
  t.same(decide(free('a'), given(taken('a'))), { ok: true, events: [freed('a')] });
  t.same(decide(free('a'), given(taken('a'), freed('a'))), { ok: true, events: [] });
  t.same(decide(free('a'), given()), { ok: true, events: [] });
});
