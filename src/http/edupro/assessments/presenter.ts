import type { Static } from 'typebox';
import { isComplete, type Option as AnswerOption } from '../../../domain/assessment/questions.js';
import { toNumber } from '../../../domain/kernel/money.js';
import { questionIn, type AssessmentDocument, type QuestionDocument } from '../../../projections/assessments/queries.js';
import type { Assessment, Option, Question } from './schemas.js';

export const presentAssessment = (assessment: AssessmentDocument): Static<typeof Assessment> => ({
  id: assessment.id,
  title: assessment.title,
  description: assessment.description,
  course: assessment.courseId,
  assessment_type: assessment.type,
  passing_grade: toNumber(assessment.passingGrade),
  max_attempts: assessment.maxAttempts,
  is_published: assessment.published,
  is_available: assessment.available,
  total_points: assessment.totals.points,
  questions_count: assessment.totals.questions,
  created_at: assessment.createdAt,
  updated_at: assessment.updatedAt,
});

export const presentOption = ({ optionId, text, isCorrect }: AnswerOption): Static<typeof Option> => ({ id: optionId, option_text: text, is_correct: isCorrect });

export const presentQuestion = (question: QuestionDocument): Static<typeof Question> => ({
  id: question.id,
  assessment: question.assessmentId,
  question_text: question.text,
  question_type: question.type,
  points: question.points,
  correct_answer: question.correctAnswer,
  is_complete: isComplete(questionIn(question)),
  options: question.options.map(presentOption),
});
