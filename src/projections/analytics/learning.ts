import { isPassed } from '../../domain/assessment-attempt/score.js';
import { lookingUp, rule, type LogRecord, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import type { Change } from './cells.js';
import { courseLookup } from './courses.js';
import { countedBy } from './counting.js';
import { figureAttempts, figureCourses, figureStudies, type CountName, type FigureAttempt, type FigureCourse, type FigureStudy } from './document.js';
import { ownedBy, placesOf, type Place } from './places.js';

const COMPLETE = 100;
const BIN = 5;
const LAST_BIN = 95;

interface OfStudy {
  readonly data: { readonly courseId: string; readonly studentId: string };
}
interface OfAttempt {
  readonly data: { readonly attemptId: string };
}

const placesOfCourse = ({ data }: OfStudy, courses: readonly FigureCourse[]): readonly Place[] => placesOf([ownedBy(data.courseId, courses)]);
const once = (name: CountName) => (): Change => ({ counts: { [name]: 1 } });
const studyOf = ({ data }: OfStudy): string => `${data.courseId}.${data.studentId}`;
const attemptOf = ({ data }: OfAttempt): string => data.attemptId;

const ofEnrollments: readonly ProjectionRule[] = [
  countedBy('StudentEnrolled', courseLookup, { at: ({ data }) => data.enrolledAt, places: placesOfCourse, change: once('enrolled') }),
  countedBy('EnrollmentEnded', courseLookup, { at: ({ data }) => data.endedAt, places: placesOfCourse, change: once('enrollmentsEnded') }),
  countedBy('LessonCompleted', courseLookup, { at: ({ data }) => data.completedAt, places: placesOfCourse, change: once('lessonsCompleted') }),
  countedBy('LessonReopened', courseLookup, { at: ({ data }) => data.reopenedAt, places: placesOfCourse, change: once('lessonsReopened') }),
  lookingUp(figureStudies, 'CourseProgressReported', courseLookup, (event) => (event.data.progress >= COMPLETE ? [studyOf(event)] : []), (known, { id: completedBy, data }, courses, id) => {
    const { instructorId, organizationId } = ownedBy(data.courseId, courses);
    return known ?? { id, instructorId, organizationId, completedBy };
  }),
  countedBy('CourseProgressReported', { collection: figureStudies, ids: studyOf }, {
    at: ({ data }) => data.reportedAt,
    // Only with the event that completed it: a later one finds the same document.
    places: ({ id, data: { courseId } }, found: readonly FigureStudy[]) =>
      found.flatMap(({ completedBy, instructorId, organizationId }) => (completedBy === id ? placesOf([{ courseId, instructorId, organizationId }]) : [])),
    change: once('completions'),
  }),
];

const attemptLookup = { collection: figureAttempts, ids: attemptOf };

const placesOfAttempt = ({ courseId, teacherId, organizationId }: FigureAttempt): readonly Place[] => placesOf([{ courseId, instructorId: teacherId, organizationId }]);
const everyAttempt = (_event: unknown, found: readonly FigureAttempt[]): readonly Place[] => found.flatMap(placesOfAttempt);
const ifGradedBy = ({ id }: LogRecord, found: readonly FigureAttempt[]): readonly Place[] => found.filter(({ gradedBy }) => gradedBy === id).flatMap(placesOfAttempt);

/** The bin of a score: nothing is rounded, 89.99 per cent is in that of 85. */
const binOf = (awarded: number, points: number): string => {
  const percent = points === 0 ? 0 : Math.floor((awarded * COMPLETE) / points);
  return String(Math.min(LAST_BIN, Math.floor(percent / BIN) * BIN));
};

const graded = ({ data: { score } }: RecordOf<'AttemptSubmitted' | 'AnswerGraded'>, attempt: FigureAttempt | undefined): Change => {
  if (attempt === undefined) return {};
  const passed = isPassed(score.awarded, attempt.points, attempt.passingGrade) ? { attemptsPassed: 1 } : {};
  return { counts: { attemptsGraded: 1, ...passed }, score: binOf(score.awarded, attempt.points) };
};

const isGraded = ({ data }: RecordOf<'AttemptSubmitted' | 'AnswerGraded'>): boolean => data.score.pending === 0;

/** The first event that leaves nothing to grade is the one that counts: points that are changed later move no figure. */
const marked = (eventType: 'AttemptSubmitted' | 'AnswerGraded'): ProjectionRule =>
  rule(figureAttempts, eventType, attemptOf, (attempt, event) => (attempt?.gradedBy === null && isGraded(event) ? { ...attempt, gradedBy: event.id } : attempt));

const ofAttempts: readonly ProjectionRule[] = [
  lookingUp(
    figureAttempts,
    'AttemptStarted',
    { collection: figureCourses, ids: ({ data }) => (data.courseId === null ? [] : [data.courseId]) },
    ({ data }) => [data.attemptId],
    (_, { data: { attemptId: id, courseId, teacherId, passingGrade, questions } }, [course]) => ({
      id,
      courseId,
      teacherId,
      organizationId: course?.organizationId ?? null,
      points: questions.reduce((sum, { points }) => sum + points, 0),
      passingGrade,
      gradedBy: null,
    }),
  ),
  marked('AttemptSubmitted'),
  marked('AnswerGraded'),
  countedBy('AttemptStarted', attemptLookup, { at: ({ data }) => data.startedAt, places: everyAttempt, change: once('attemptsStarted') }),
  countedBy('AttemptSubmitted', attemptLookup, { at: ({ data }) => data.submittedAt, places: everyAttempt, change: once('attemptsSubmitted') }),
  countedBy('AttemptSubmitted', attemptLookup, { at: ({ data }) => data.submittedAt, places: ifGradedBy, change: (event, _, [attempt]) => graded(event, attempt) }),
  countedBy('AnswerGraded', attemptLookup, { at: ({ data }) => data.gradedAt, places: ifGradedBy, change: (event, _, [attempt]) => graded(event, attempt) }),
];

export const ofLearning: readonly ProjectionRule[] = [...ofEnrollments, ...ofAttempts];
