import { Type } from 'typebox';
import { MOST_QUESTIONS } from '../../../domain/assessment/questions.js';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { Assessment } from '../assessments/schemas.js';
import { BlankTextField, Clearable, IntegerField, UuidField } from '../fields.js';

const id = Type.String({ maxLength: 200 });
const Flag = Nullable(Type.Boolean());
const Percentage = Nullable(Type.String({ description: 'Per cent of the points, with two places; null: not all answers are graded' }));
const Status = Type.Enum(['in_progress', 'submitted', 'graded'], { description: 'submitted: answers wait for the teacher' });

export const tags = ['EduPro: attempts'];
export const QUESTION_TYPES = ['multiple_choice', 'true_false', 'short_answer'] as const;
const QuestionKind = Type.Enum([...QUESTION_TYPES]);

export const TeacherParams = Type.Object({ teacher_username: id });
export const StartParams = Type.Object({ assessment_id: id, teacher_username: id });
export const AttemptParams = Type.Object({ attempt_id: id });
export const AnswerParams = Type.Object({ answer_id: id });

export const AvailableAssessment = Type.Object({
  ...Assessment.properties,
  attempts_count: Type.Integer({ description: 'Of the student, an open one included' }),
  open_attempt_id: Nullable(Type.String()),
  can_start: Type.Boolean({ description: 'An attempt is open, or there are attempts left' }),
  best_percentage: Percentage,
  is_passed: Flag,
});

export const StartedAttempt = Type.Object({
  attempt_id: Type.String(),
  assessment_title: Type.String(),
  questions: Type.Array(
    Type.Object({
      question_id: Type.String(),
      question_text: Type.String(),
      question_type: QuestionKind,
      points: Type.Integer(),
      options: Type.Array(Type.Object({ option_id: Type.String(), option_text: Type.String() })),
    }),
  ),
});

export const Submission = Type.Object({
  answers: Type.Array(
    Type.Object({
      question_id: UuidField,
      selected_option_id: Clearable(UuidField),
      short_answer_text: Clearable(BlankTextField(5_000)),
    }),
    { maxItems: MOST_QUESTIONS },
  ),
});

export const Confirmation = Type.Object({ message: Type.String() });

const outcome = {
  status: Status,
  total_score: Nullable(Type.Number({ description: 'The sum of the points; null: not all answers are graded' })),
  total_points: Type.Integer(),
  percentage: Percentage,
  passing_grade: Type.Number({ description: 'Per cent of the points' }),
  is_passed: Flag,
};

export const AttemptSummary = Type.Object({
  attempt_id: Type.String(),
  assessment_id: Type.String(),
  assessment_title: Type.String(),
  course: Nullable(Type.String()),
  ...outcome,
  started_at: Type.String(),
  submitted_at: Nullable(Type.String()),
});

export const AttemptResult = Type.Object({
  assessment_title: Type.String(),
  ...outcome,
  answers: Type.Array(
    Type.Object({
      question_text: Type.String(),
      question_type: QuestionKind,
      points: Type.Integer(),
      points_awarded: Nullable(Type.Integer()),
      correct_answer: Nullable(Type.String({ description: 'Null: not all answers are graded, or the teacher says nothing' })),
      student_answer: Nullable(Type.String()),
      is_correct: Flag,
    }),
  ),
});

export const PendingAnswer = Type.Object({
  answer_id: Type.String(),
  attempt_id: Type.String(),
  student: Type.Object({ id: Type.Integer(), full_name: Type.String(), username: Type.String() }),
  assessment: Type.Object({ id: Type.String(), title: Type.String(), course: Nullable(Type.String()) }),
  question: Type.Object({
    id: Type.String(),
    question_text: Type.String(),
    question_type: QuestionKind,
    correct_answer: Nullable(Type.String({ description: 'What the teacher expects' })),
  }),
  answer_text: Type.String(),
  points: Type.Integer({ description: 'Of the question' }),
  submitted_at: Type.String(),
});

export const GradeBody = Type.Object({ points_awarded: IntegerField(0) });

export const GradedAnswer = Type.Object({ message: Type.String(), answer_id: Type.String(), points_awarded: Type.Integer() });
