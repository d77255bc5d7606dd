import { Type } from 'typebox';
import { MOST_ATTEMPTS } from '../../../domain/assessment/decider.js';
import { MOST_OPTIONS, MOST_POINTS } from '../../../domain/assessment/questions.js';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { BlankCharField, BlankTextField, BooleanField, CharField, ChoiceField, Clearable, PercentageField, IntegerField, TextField } from '../fields.js';

const ASSESSMENT_TYPES = ['quiz', 'exam', 'assignment'] as const;
const QUESTION_TYPES = ['multiple_choice', 'true_false', 'short_answer'] as const;

export const AssessmentBody = Type.Object({
  title: CharField(255),
  description: Clearable(BlankTextField(5_000)),
  course: Clearable(BlankCharField(200)),
  assessment_type: ChoiceField(ASSESSMENT_TYPES),
  passing_grade: Clearable(PercentageField),
  max_attempts: Clearable(IntegerField(1, MOST_ATTEMPTS)),
  is_published: Type.Optional(BooleanField),
});

export const AssessmentChanges = Type.Partial(AssessmentBody);

export const Assessment = Type.Object({
  id: Type.String(),
  title: Type.String(),
  description: Type.String(),
  course: Nullable(Type.String()),
  assessment_type: Type.Enum([...ASSESSMENT_TYPES]),
  passing_grade: Type.Number({ description: 'Percent of the points' }),
  max_attempts: Nullable(Type.Integer({ description: 'Of one student; null: any number' })),
  is_published: Type.Boolean({ description: 'The teacher has it published' }),
  is_available: Type.Boolean({ description: 'Students may start it: it is published, and has a question that can be answered' }),
  total_points: Type.Integer(),
  questions_count: Type.Integer(),
  created_at: Type.String(),
  updated_at: Type.String(),
});

export const OptionBody = Type.Object({ option_text: TextField(500), is_correct: BooleanField });

export const OptionChanges = Type.Partial(OptionBody);

export const Option = Type.Object({ id: Type.String(), option_text: Type.String(), is_correct: Type.Boolean() });

const NestedOption = Type.Object({
  /** Of an option that the question has already, which keeps its id. */
  id: Clearable(BlankCharField(200)),
  ...OptionBody.properties,
});

export const QuestionBody = Type.Object({
  question_text: TextField(5_000),
  question_type: ChoiceField(QUESTION_TYPES),
  points: IntegerField(1, MOST_POINTS),
  options: Type.Optional(Type.Array(NestedOption, { maxItems: MOST_OPTIONS, description: 'Replace those that there are' })),
  correct_answer: Clearable(BlankTextField(1_000)),
});

export const QuestionChanges = Type.Partial(QuestionBody);

export const Question = Type.Object({
  id: Type.String(),
  assessment: Type.String(),
  question_text: Type.String(),
  question_type: Type.Enum([...QUESTION_TYPES]),
  points: Type.Integer(),
  correct_answer: Nullable(Type.String({ description: 'Of a short answer: what the teacher expects' })),
  is_complete: Type.Boolean({ description: 'It can be answered: students are shown it' }),
  options: Type.Array(Option),
});

const id = Type.String({ maxLength: 200 });

export const AssessmentParams = Type.Object({ assessment_id: id });
export const QuestionParams = Type.Object({ question_id: id });
export const OptionParams = Type.Object({ option_id: id });

export const tags = ['EduPro: assessments'];
