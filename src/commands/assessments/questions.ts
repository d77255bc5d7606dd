import { aggregates } from '../../domain/aggregates.js';
import type { AssessmentRejection } from '../../domain/assessment/decider.js';
import type { Question } from '../../domain/assessment/questions.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface OwnAssessment {
  readonly teacherId: string;
  readonly assessmentId: string;
}

export interface OwnQuestion extends OwnAssessment {
  readonly questionId: string;
}

export interface WantedOption {
  /** Of an option that the question has: it keeps its id. Null, or any other: a new option. */
  readonly optionId: string | null;
  readonly text: string;
  readonly isCorrect: boolean;
}

export type WantedQuestion = Readonly<Omit<Question, 'questionId' | 'options'> & { options: readonly WantedOption[] }>;

const sentOptions = (options: readonly WantedOption[], { commandId }: CommandContext) =>
  options.map((option, index) => ({ ...option, newId: uuidV5(`option/${index}`, commandId) }));

/** The question with its options: all or nothing. */
export const addQuestion =
  ({ handler, clock }: CommandServices) =>
  async (
    { teacherId, assessmentId, question }: OwnAssessment & { readonly question: WantedQuestion },
    context: CommandContext,
  ): Promise<Outcome<{ questionId: string }, AssessmentRejection>> => {
    const questionId = uuidV5('question', context.commandId);
    const added = { ...question, questionId, options: sentOptions(question.options, context) };
    const data = { teacherId, question: added, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.assessment, assessmentId, { type: 'AddQuestion', data }, context), { questionId });
  };

/** What is absent stays; options that are sent replace those that there were. */
export const changeQuestion =
  ({ handler, clock }: CommandServices) =>
  async (
    { teacherId, assessmentId, questionId, changes }: OwnQuestion & { readonly changes: Partial<WantedQuestion> },
    context: CommandContext,
  ): Promise<Outcome<null, AssessmentRejection>> => {
    const { options, ...facts } = changes;
    const wanted = { ...facts, ...(options === undefined ? {} : { options: sentOptions(options, context) }) };
    const data = { teacherId, questionId, changes: wanted, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.assessment, assessmentId, { type: 'ChangeQuestion', data }, context), null);
  };

export const removeQuestion =
  ({ handler, clock }: CommandServices) =>
  async ({ teacherId, assessmentId, questionId }: OwnQuestion, context: CommandContext): Promise<Outcome<null, AssessmentRejection>> => {
    const data = { teacherId, questionId, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.assessment, assessmentId, { type: 'RemoveQuestion', data }, context), null);
  };
