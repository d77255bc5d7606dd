import type { AssessmentType } from '../../domain/assessment/events.js';
import type { Option, Question, QuestionType, Totals } from '../../domain/assessment/questions.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** Without its questions, whose texts may be long. */
export interface AssessmentDocument extends Document {
  /** The order in which assessments were made. */
  readonly number: number;
  readonly teacherId: string;
  readonly courseId: string | null;
  readonly title: string;
  readonly description: string;
  readonly type: AssessmentType;
  readonly passingGrade: string;
  readonly maxAttempts: number | null;
  /** The teacher has it published; students see it once it has a complete question. */
  readonly published: boolean;
  /** Students of the teacher see it. */
  readonly available: boolean;
  readonly totals: Totals;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface QuestionDocument extends Document {
  /** The order in which questions were added. */
  readonly number: number;
  readonly assessmentId: string;
  readonly text: string;
  readonly type: QuestionType;
  readonly points: number;
  readonly correctAnswer: string | null;
  readonly options: readonly Option[];
  readonly optionIds: readonly string[];
}

export const assessments = collection<AssessmentDocument>({
  projection: 'assessments',
  name: 'assessments',
  numbered: true,
  indexes: [
    { teacherId: 1, number: -1 },
    { teacherId: 1, available: 1, number: -1 },
    { teacherId: 1, courseId: 1, number: -1 },
  ],
});

export const assessmentQuestions = collection<QuestionDocument>({
  projection: 'assessments',
  name: 'assessmentQuestions',
  numbered: true,
  indexes: [{ assessmentId: 1, number: 1 }, { optionIds: 1 }],
});

export const questionIn = ({ id, text, type, points, options, correctAnswer }: QuestionDocument): Question => ({
  questionId: id,
  text,
  type,
  points,
  options: [...options],
  correctAnswer,
});
