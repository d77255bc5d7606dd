import t from 'tap';
import { assessmentDecider, isExistingAssessment, shownQuestions, type Assessment, type AssessmentCommand } from '../../src/domain/assessment/decider.js';
import { MOST_OPTIONS, totalsOf, type Question } from '../../src/domain/assessment/questions.js';
import { add, addOption, assessmentId, at, change, changeOption, details, publish, remove, removeOption, teacherId } from './assessment-examples.js';
import { fc } from '../fixtures/properties.js';

const questionIds = fc.constantFrom('q1', 'q2', 'q3');
const optionIds = fc.constantFrom('o1', 'o2', 'o3', 'o4');
const types = fc.constantFrom('multiple_choice' as const, 'true_false' as const, 'short_answer' as const);
const sent = fc.array(
  fc.record({ optionId: fc.option(optionIds), newId: fc.uuid(), text: fc.constantFrom('Yes', 'No'), isCorrect: fc.boolean() }),
  { maxLength: 12 },
);
const points = fc.integer({ min: -1, max: 1_001 });

const question: fc.Arbitrary<Question> = fc.record({
  questionId: questionIds,
  text: fc.constant('Which?'),
  type: types,
  points,
  options: fc.uniqueArray(fc.record({ optionId: optionIds, text: fc.constant('Yes'), isCorrect: fc.boolean() }), { selector: ({ optionId }) => optionId, maxLength: 4 }),
  correctAnswer: fc.constant(null),
});

const commands = fc.array(
  fc.oneof<fc.Arbitrary<AssessmentCommand>[]>(
    question.map(add),
    fc.tuple(questionIds, fc.record({ type: types, points, options: sent }, { requiredKeys: [] })).map(([id, changes]) => change(id, changes)),
    questionIds.map(remove),
    fc.tuple(questionIds, fc.uuid(), fc.boolean()).map(([id, optionId, isCorrect]) => addOption(id, { optionId, text: 'No', isCorrect })),
    fc.tuple(questionIds, optionIds, fc.boolean()).map(([id, optionId, isCorrect]) => changeOption(id, optionId, { isCorrect })),
    fc.tuple(questionIds, optionIds).map(([id, optionId]) => removeOption(id, optionId)),
    fc.boolean().map(publish),
  ),
  { maxLength: 80, size: 'max' },
);

/** Said once more, and not as the domain says it. */
const isAnswerable = ({ type, options }: Question): boolean => {
  const right = options.filter(({ isCorrect }) => isCorrect).length;
  switch (type) {
    case 'short_answer':
      return options.length === 0;
    case 'true_false':
      return options.length === 2 && right === 1;
    case 'multiple_choice':
      return options.length > 1 && options.length <= MOST_OPTIONS && right === 1;
  }
};

const isSound = ({ type, options, points: worth }: Question): boolean =>
  options.filter(({ isCorrect }) => isCorrect).length <= 1 &&
  options.length <= (type === 'short_answer' ? 0 : type === 'true_false' ? 2 : MOST_OPTIONS) &&
  new Set(options.map(({ optionId }) => optionId)).size === options.length &&
  worth > 0;

/** Ids of questions are new ones: no use case adds one twice. */
const hasQuestion = (state: Assessment, { type, data }: AssessmentCommand): boolean =>
  type === 'AddQuestion' && isExistingAssessment(state) && state.questions.some(({ questionId }) => questionId === data.question.questionId);

/** Carries the commands out one after another; says what holds after each of them. */
const always = (published: boolean, wanted: readonly AssessmentCommand[], holds: (state: Assessment, before: Assessment) => boolean): boolean => {
  const create: AssessmentCommand = { type: 'CreateAssessment', data: { assessmentId, teacherId, details, published, at } };
  let state = assessmentDecider.initialState();
  return [create, ...wanted].every((command) => {
    const before = state;
    const decision = hasQuestion(state, command) ? { ok: false as const } : assessmentDecider.decide(command, state);
    if (decision.ok) state = decision.events.reduce(assessmentDecider.evolve, state);
    return holds(state, before);
  });
};

t.test('no sequence of commands gives a published assessment that can not be answered', async () => {
  fc.assert(
    fc.property(fc.boolean(), commands, (published, wanted) =>
      always(published, wanted, (state) => {
        if (state.status !== 'published') return true;
        const shown = shownQuestions(state);
        return shown.length > 0 && shown.every(isAnswerable);
      }),
    ),
    { numRuns: 500 },
  );
});

t.test('no sequence of commands takes from students a question that they are shown, unless it is removed', async () => {
  fc.assert(
    fc.property(commands, (wanted) =>
      always(true, wanted, (state, before) => {
        if (state.status !== 'published' || before.status !== 'published') return true;
        const shown = new Set(shownQuestions(state).map(({ questionId }) => questionId));
        const kept = new Set(state.questions.map(({ questionId }) => questionId));
        return shownQuestions(before).every(({ questionId }) => shown.has(questionId) || !kept.has(questionId));
      }),
    ),
    { numRuns: 500 },
  );
});

t.test('no sequence of commands gives a question with two right options, or more options than its type has', async () => {
  fc.assert(
    fc.property(fc.boolean(), commands, (published, wanted) => always(published, wanted, (state) => !isExistingAssessment(state) || state.questions.every(isSound))),
    { numRuns: 500 },
  );
});

t.test('the totals of the events are those of the questions', async () => {
  fc.assert(
    fc.property(commands, (wanted) => {
      const create: AssessmentCommand = { type: 'CreateAssessment', data: { assessmentId, teacherId, details, published: true, at } };
      let state = assessmentDecider.initialState();
      return [create, ...wanted].every((command) => {
        const decision = hasQuestion(state, command) ? undefined : assessmentDecider.decide(command, state);
        if (decision?.ok !== true) return true;
        state = decision.events.reduce(assessmentDecider.evolve, state);
        const said = decision.events.flatMap(({ data }) => ('totals' in data ? [data.totals] : []));
        const questions = isExistingAssessment(state) ? state.questions : [];
        return said.every((sums) => JSON.stringify(sums) === JSON.stringify(totalsOf(questions)));
      });
    }),
    { numRuns: 200 },
  );
});
