import type { AssessmentEvent } from '../../domain/assessment/events.js';
import { withOption, withoutOption, type Option, type Question } from '../../domain/assessment/questions.js';
import { pickDetails } from '../../domain/assessment/state.js';
import { projection, rule, where, type RecordOf } from '../kernel/projection.js';
import { assessmentQuestions, assessments, questionIn, type AssessmentDocument, type QuestionDocument } from './document.js';

const NO_TOTALS = { questions: 0, points: 0, completeQuestions: 0, completePoints: 0 };

const assessmentOf = ({ data }: RecordOf<AssessmentEvent['type']>): string => data.assessmentId;
const questionOf = ({ data }: { readonly data: { readonly questionId: string } }): string => data.questionId;

/** A change of an assessment that is there. */
const changed =
  <E>(change: (event: E) => Partial<AssessmentDocument>) =>
  (assessment: AssessmentDocument | undefined, event: E): AssessmentDocument | undefined =>
    assessment && { ...assessment, ...change(event) };

const optionsOf = (options: readonly Option[]) => ({ options, optionIds: options.map(({ optionId }) => optionId) });

const document = ({ questionId, options, ...facts }: Question, assessmentId: string, number: number): QuestionDocument => ({
  id: questionId,
  number,
  assessmentId,
  ...facts,
  ...optionsOf(options),
});

/** A change of the options of a question that is there. */
const optionsChanged =
  <E>(change: (question: Question, event: E) => Question) =>
  (question: QuestionDocument | undefined, event: E): QuestionDocument | undefined =>
    question && { ...question, ...optionsOf(change(questionIn(question), event).options) };

export const assessmentsProjection = projection({
  name: 'assessments',
  version: 1,
  collections: [assessments, assessmentQuestions],
  rules: [
    rule(assessments, 'AssessmentCreated', assessmentOf, (_, { data }, id, number) => {
      const { teacherId, courseId, title, description, type, passingGrade, maxAttempts, publishesItself, createdAt } = data;
      const details = { courseId, title, description, type, passingGrade, maxAttempts };
      return { id, number, teacherId, ...details, published: publishesItself, available: false, totals: NO_TOTALS, createdAt, updatedAt: createdAt };
    }),
    rule(assessments, 'AssessmentDetailsChanged', assessmentOf, changed(({ data }) => ({ ...pickDetails(data), updatedAt: data.changedAt }))),
    rule(assessments, 'AssessmentPublished', assessmentOf, changed(({ data }) => ({ published: true, available: true, updatedAt: data.publishedAt }))),
    rule(assessments, 'AssessmentUnpublished', assessmentOf, changed(({ data }) => ({ published: false, available: false, updatedAt: data.unpublishedAt }))),
    rule(assessments, 'QuestionAdded', assessmentOf, changed(({ data }) => ({ totals: data.totals, updatedAt: data.addedAt }))),
    rule(assessments, 'QuestionChanged', assessmentOf, changed(({ data }) => ({ totals: data.totals, updatedAt: data.changedAt }))),
    rule(assessments, 'QuestionRemoved', assessmentOf, changed(({ data }) => ({ totals: data.totals, updatedAt: data.removedAt }))),
    rule(assessments, 'OptionAdded', assessmentOf, changed(({ data }) => ({ totals: data.totals, updatedAt: data.addedAt }))),
    rule(assessments, 'OptionChanged', assessmentOf, changed(({ data }) => ({ totals: data.totals, updatedAt: data.changedAt }))),
    rule(assessments, 'OptionRemoved', assessmentOf, changed(({ data }) => ({ totals: data.totals, updatedAt: data.removedAt }))),
    rule(assessments, 'AssessmentDeleted', assessmentOf, () => undefined),

    rule(assessmentQuestions, 'QuestionAdded', ({ data }) => data.question.questionId, (_, { data }, _id, number) => document(data.question, data.assessmentId, number)),
    rule(assessmentQuestions, 'QuestionChanged', ({ data }) => data.question.questionId, (question, { data }) =>
      question && document(data.question, data.assessmentId, question.number),
    ),
    rule(assessmentQuestions, 'QuestionRemoved', questionOf, () => undefined),
    rule(assessmentQuestions, 'OptionAdded', questionOf, optionsChanged((question, { data }) => withOption(question, data.option))),
    rule(assessmentQuestions, 'OptionChanged', questionOf, optionsChanged((question, { data }) => withOption(question, data.option))),
    rule(assessmentQuestions, 'OptionRemoved', questionOf, optionsChanged((question, { data }) => withoutOption(question, data.optionId))),
  ],
  fanOuts: [where(assessmentQuestions, 'AssessmentDeleted', 'assessmentId', ({ data }) => data.assessmentId, () => undefined)],
});
