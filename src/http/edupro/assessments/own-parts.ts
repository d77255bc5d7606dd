import type { FastifyRequest } from 'fastify';
import type { Option } from '../../../domain/assessment/questions.js';
import type { ReadModels } from '../../../ports/read-models.js';
import { assessmentById, questionById, questionOfOption, type AssessmentDocument, type QuestionDocument } from '../../../projections/assessments/queries.js';
import { accountOf } from '../../shared/access.js';
import { notFound } from '../../shared/problem.js';

// What is another teacher's is not found.

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An id as assessments have them; whether there is one is for the use case to say. */
export const idOf = (id: string): string => {
  if (!UUID.test(id)) throw notFound('assessment');
  return id;
};

export const ownAssessment = async (readModels: ReadModels, request: FastifyRequest, id: string): Promise<AssessmentDocument> => {
  const assessment = await assessmentById(readModels, id);
  if (assessment?.teacherId !== accountOf(request).accountId) throw notFound('assessment');
  return assessment;
};

const own = async (readModels: ReadModels, request: FastifyRequest, question: QuestionDocument | undefined): Promise<QuestionDocument> => {
  if (question === undefined) throw notFound('question');
  await ownAssessment(readModels, request, question.assessmentId);
  return question;
};

export const ownQuestion = async (readModels: ReadModels, request: FastifyRequest, id: string): Promise<QuestionDocument> =>
  own(readModels, request, await questionById(readModels, id));

export const ownOption = async (readModels: ReadModels, request: FastifyRequest, id: string): Promise<{ question: QuestionDocument; option: Option }> => {
  const question = await own(readModels, request, await questionOfOption(readModels, id));
  const option = question.options.find(({ optionId }) => optionId === id);
  if (option === undefined) throw notFound('option');
  return { question, option };
};
