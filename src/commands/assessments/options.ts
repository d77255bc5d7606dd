import { aggregates } from '../../domain/aggregates.js';
import type { AssessmentRejection } from '../../domain/assessment/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import type { OwnQuestion } from './questions.js';

interface OwnOption extends OwnQuestion {
  readonly optionId: string;
}

interface OptionContent {
  readonly text: string;
  /** The only one of its question from then on. */
  readonly isCorrect: boolean;
}

export const addOption =
  ({ handler, clock }: CommandServices) =>
  async (
    { teacherId, assessmentId, questionId, option }: OwnQuestion & { readonly option: OptionContent },
    context: CommandContext,
  ): Promise<Outcome<{ optionId: string }, AssessmentRejection>> => {
    const optionId = uuidV5('option', context.commandId);
    const data = { teacherId, questionId, option: { optionId, ...option }, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.assessment, assessmentId, { type: 'AddOption', data }, context), { optionId });
  };

/** What is absent stays. */
export const changeOption =
  ({ handler, clock }: CommandServices) =>
  async (
    { teacherId, assessmentId, questionId, optionId, changes }: OwnOption & { readonly changes: Partial<OptionContent> },
    context: CommandContext,
  ): Promise<Outcome<null, AssessmentRejection>> => {
    const data = { teacherId, questionId, optionId, changes, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.assessment, assessmentId, { type: 'ChangeOption', data }, context), null);
  };

export const removeOption =
  ({ handler, clock }: CommandServices) =>
  async ({ teacherId, assessmentId, questionId, optionId }: OwnOption, context: CommandContext): Promise<Outcome<null, AssessmentRejection>> => {
    const data = { teacherId, questionId, optionId, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.assessment, assessmentId, { type: 'RemoveOption', data }, context), null);
  };
