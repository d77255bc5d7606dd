import { unknownEvent } from '../kernel/decider.js';
import type { AskedQuestion, AssessmentAttemptEvent } from './events.js';

/** What decisions need of a question and its answer. */
export interface Part {
  readonly answerId: string;
  readonly questionId: string;
  readonly isShortAnswer: boolean;
  readonly points: number;
  /** None once the attempt is submitted. */
  readonly optionIds: readonly string[];
  readonly rightOptionId: string | null;
  /** Null: not graded. */
  readonly awarded: number | null;
}

export interface Attempt {
  readonly attemptId: string;
  readonly courseId: string | null;
  readonly isOpen: boolean;
  readonly parts: readonly Part[];
}

/** All attempts of one student at one assessment, in the order in which they were started: at most one is open, the last. */
export interface AssessmentAttempts {
  /** Null: there is no attempt. */
  readonly about: Readonly<{ assessmentId: string; studentId: string; teacherId: string }> | null;
  readonly attempts: readonly Attempt[];
}

/** The stream of a student and an assessment. */
export const assessmentAttemptId = (assessmentId: string, studentId: string): string => `${assessmentId}.${studentId}`;

export const attemptIn = ({ attempts }: AssessmentAttempts, wanted: string): Attempt | undefined => attempts.find(({ attemptId }) => attemptId === wanted);

export const openAttempt = ({ attempts }: AssessmentAttempts): Attempt | undefined => attempts.find(({ isOpen }) => isOpen);

const partOf = ({ answerId, questionId, type, points, options }: AskedQuestion): Part => ({
  answerId,
  questionId,
  isShortAnswer: type === 'short_answer',
  points,
  optionIds: options.map(({ optionId }) => optionId),
  rightOptionId: options.find(({ isCorrect }) => isCorrect)?.optionId ?? null,
  awarded: null,
});

const withAttempt = (state: AssessmentAttempts, wanted: string, change: (attempt: Attempt) => Attempt): AssessmentAttempts => ({
  ...state,
  attempts: state.attempts.map((attempt) => (attempt.attemptId === wanted ? change(attempt) : attempt)),
});

export const evolve = (state: AssessmentAttempts, { type, data }: AssessmentAttemptEvent): AssessmentAttempts => {
  switch (type) {
    case 'AttemptStarted': {
      const { assessmentId, studentId, teacherId, attemptId, courseId, questions } = data;
      const started = { attemptId, courseId, isOpen: true, parts: questions.map(partOf) };
      return { about: { assessmentId, studentId, teacherId }, attempts: [...state.attempts, started] };
    }
    case 'AttemptSubmitted': {
      const points = new Map(data.answers.map((answer) => [answer.answerId, answer.points]));
      return withAttempt(state, data.attemptId, (attempt) => ({
        ...attempt,
        isOpen: false,
        parts: attempt.parts.map((part) => ({ ...part, optionIds: [], rightOptionId: null, awarded: points.get(part.answerId) ?? null })),
      }));
    }
    case 'AnswerGraded':
      return withAttempt(state, data.attemptId, (attempt) => ({
        ...attempt,
        parts: attempt.parts.map((part) => (part.answerId === data.answerId ? { ...part, awarded: data.points } : part)),
      }));
    default:
      return unknownEvent(type, state);
  }
};
