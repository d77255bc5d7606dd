import { isPassed, percentageOf } from '../../domain/assessment-attempt/score.js';
import type { DomainEvent } from '../../domain/events.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import type { Fact, FactRow } from './fact.js';
import type { FactSources } from './fact-sources.js';

type Event = RecordedEvent<DomainEvent>;

const kinds = { AttemptStarted: 'attempt-started', AttemptSubmitted: 'attempt-submitted', AnswerGraded: 'attempt-graded' } as const;

const timeOf = (event: Event): string => {
  if (event.type === 'AttemptStarted') return event.data.startedAt;
  return event.type === 'AttemptSubmitted' ? event.data.submittedAt : event.type === 'AnswerGraded' ? event.data.gradedAt : '';
};

/** An attempt that was started or submitted, or of which nothing is left to grade for the first time: where that comes with the answers, they are one fact. */
export const attemptFact = async (event: Event, sources: FactSources): Promise<Fact | undefined> => {
  if (event.type !== 'AttemptStarted' && event.type !== 'AttemptSubmitted' && event.type !== 'AnswerGraded') return undefined;
  const { attemptId, assessmentId, studentId } = event.data;
  const before = (await sources.before(event, ['AttemptStarted', 'AttemptSubmitted', 'AnswerGraded'])).filter(({ data }) => data.attemptId === attemptId);
  const started = event.type === 'AttemptStarted' ? event : before.find(({ type }) => type === 'AttemptStarted');
  if (started?.type !== 'AttemptStarted') return undefined;
  const isGraded = event.type !== 'AttemptStarted' && event.data.score.pending === 0;
  if (event.type === 'AnswerGraded' && (!isGraded || before.some((one) => one.type !== 'AttemptStarted' && one.data.score.pending === 0))) return undefined;
  const { teacherId: instructorId, courseId, questions, passingGrade } = started.data;
  const points = questions.reduce((sum, question) => sum + question.points, 0);
  const awarded = isGraded ? event.data.score.awarded : null;
  const kind = isGraded ? 'attempt-graded' : kinds[event.type];
  const row: FactRow = {
    position: String(event.position), eventId: event.id, kind, at: timeOf(event), attemptId, assessmentId, studentId, courseId, instructorId,
    organizationId: courseId === null ? null : (await sources.owner(courseId)).organizationId,
    awarded, points, percentage: awarded === null ? null : percentageOf(awarded, points), isPassed: awarded === null ? null : isPassed(awarded, points, passingGrade),
  };
  return { table: 'attempts', kind, position: event.position, rows: [row] };
};
