import type { Question } from '../../src/domain/assessment/questions.js';
import { assessmentAttemptDecider as decider, type AssessmentAttemptCommand, type AssessmentAttempts } from '../../src/domain/assessment-attempt/decider.js';
import type { AssessmentAttemptEvent } from '../../src/domain/assessment-attempt/events.js';
import { choice, short } from './assessment-examples.js';
import { answer, asked, grade, start, submit } from './attempt-examples.js';
import { fc } from '../fixtures/properties.js';

const attemptIds = fc.constantFrom('a1', 'a2', 'a3');
const questionIds = fc.constantFrom('q1', 'q2', 'q3', 'q4', 'q9');
const optionIds = fc.constantFrom('q1a', 'q1b', 'q2a', 'q2b', 'x');
export const worth = fc.integer({ min: 1, max: 9 });

const paper = fc.tuple(worth, worth, worth, worth).map(([one, two, three, four]): readonly Question[] => [
  { ...choice('q1'), points: one },
  { ...choice('q2'), type: 'true_false', points: two },
  { ...short('q3'), points: three },
  { ...short('q4'), points: four },
]);
const fine = fc.subarray([answer('q1', 'q1a'), answer('q2', 'q2a'), answer('q3', null, 'Because'), answer('q4', null, 'So')]);
const odd = fc.array(
  fc.tuple(questionIds, fc.option(optionIds), fc.option(fc.constantFrom('', ' ', 'Because'))).map(([question, option, text]) => answer(question, option, text)),
  { maxLength: 3 },
);
export const answers = fc.oneof({ weight: 3, arbitrary: fine }, { weight: 1, arbitrary: odd });

export const commands = fc.array(
  fc.oneof<fc.Arbitrary<AssessmentAttemptCommand>[]>(
    fc.tuple(attemptIds, paper, fc.option(fc.integer({ min: 1, max: 4 }))).map(([id, questions, maxAttempts]) => start(id, { questions: asked(id, questions), maxAttempts })),
    fc.tuple(attemptIds, answers).map(([id, sent]) => submit(id, sent)),
    fc.tuple(attemptIds, questionIds, fc.integer({ min: -1, max: 10 }), fc.constantFrom('ada', 'ada', 'ada', 'bob')).map(([id, question, points, by]) => grade(id, question, points, by)),
  ),
  { maxLength: 60, size: 'max' },
);

export const carriedOut = (wanted: readonly AssessmentAttemptCommand[]): { readonly events: readonly AssessmentAttemptEvent[]; readonly states: readonly AssessmentAttempts[] } => {
  let state = decider.initialState();
  const events: AssessmentAttemptEvent[] = [];
  const states: AssessmentAttempts[] = [];
  for (const command of wanted) {
    const decision = decider.decide(command, state);
    if (decision.ok) {
      events.push(...decision.events);
      state = decision.events.reduce((before, event) => decider.evolve(before, event), state);
    }
    states.push(state);
  }
  return { events, states };
};
