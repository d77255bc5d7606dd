import fc from 'fast-check';
import t from 'tap';
import { assessmentDecider, canBeStarted, shownQuestions, type Assessment } from '../../src/domain/assessment/decider.js';
import type { Question } from '../../src/domain/assessment/questions.js';
import { assessmentAttemptDecider as decider, type AssessmentAttemptCommand, type AssessmentAttempts } from '../../src/domain/assessment-attempt/decider.js';
import type { AssessmentAttemptEvent } from '../../src/domain/assessment-attempt/events.js';
import { add, change, changeOption, choice, created, published, remove, short, added } from './assessment-examples.js';
import { answer, asked, grade, start, submit } from './attempt-examples.js';

const attemptIds = fc.constantFrom('a1', 'a2', 'a3');
const questionIds = fc.constantFrom('q1', 'q2', 'q3', 'q4', 'q9');
const optionIds = fc.constantFrom('q1a', 'q1b', 'q2a', 'q2b', 'x');
const worth = fc.integer({ min: 1, max: 9 });

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
const answers = fc.oneof({ weight: 3, arbitrary: fine }, { weight: 1, arbitrary: odd });

const commands = fc.array(
  fc.oneof<fc.Arbitrary<AssessmentAttemptCommand>[]>(
    fc.tuple(attemptIds, paper, fc.option(fc.integer({ min: 1, max: 4 }))).map(([id, questions, maxAttempts]) => start(id, { questions: asked(id, questions), maxAttempts })),
    fc.tuple(attemptIds, answers).map(([id, sent]) => submit(id, sent)),
    fc.tuple(attemptIds, questionIds, fc.integer({ min: -1, max: 10 }), fc.constantFrom('ada', 'ada', 'ada', 'bob')).map(([id, question, points, by]) => grade(id, question, points, by)),
  ),
  { maxLength: 60, size: 'max' },
);

const carriedOut = (wanted: readonly AssessmentAttemptCommand[]): { readonly events: readonly AssessmentAttemptEvent[]; readonly states: readonly AssessmentAttempts[] } => {
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

/** What stands of an attempt, by its events alone and not as the domain counts. */
const recount = (events: readonly AssessmentAttemptEvent[], attemptId: string) => {
  const points = new Map<string, number | null>();
  let most = 0;
  for (const { type, data } of events) {
    if (data.attemptId !== attemptId) continue;
    if (type === 'AttemptStarted') for (const question of data.questions) most += question.points;
    if (type === 'AttemptSubmitted') for (const given of data.answers) points.set(given.answerId, given.points);
    if (type === 'AnswerGraded') points.set(data.answerId, data.points);
  }
  let awarded = 0;
  let pending = 0;
  for (const one of points.values()) {
    if (one === null) pending += 1;
    else awarded += one;
  }
  return { awarded, pending, most };
};

t.test('no sequence of commands gives more points than there are, for an answer or for all', async () => {
  let gradings = 0;
  fc.assert(
    fc.property(commands, (wanted) => {
      const { events, states } = carriedOut(wanted);
      gradings += events.filter(({ type }) => type === 'AnswerGraded').length;
      const isWithin = states.every(({ attempts }) => attempts.every(({ parts }) => parts.every(({ awarded, points }) => awarded === null || (awarded >= 0 && awarded <= points))));
      return isWithin && events.every(({ data }) => !('score' in data) || data.score.awarded <= recount(events, data.attemptId).most);
    }),
    { numRuns: 500 },
  );
  if (gradings < 100) throw new Error(`only ${gradings} answers were graded`);
});

t.test('no sequence of commands gives two open attempts of one student for one assessment, or one id twice', async () => {
  fc.assert(
    fc.property(commands, (wanted) =>
      carriedOut(wanted).states.every(
        ({ attempts }) => attempts.filter(({ isOpen }) => isOpen).length <= 1 && new Set(attempts.map(({ attemptId }) => attemptId)).size === attempts.length,
      ),
    ),
    { numRuns: 500 },
  );
});

t.test('each score is the recount of the events up to it', async () => {
  fc.assert(
    fc.property(commands, (wanted) => {
      const { events } = carriedOut(wanted);
      return events.every((event, index) => {
        if (event.type === 'AttemptStarted') return true;
        const { awarded, pending } = recount(events.slice(0, index + 1), event.data.attemptId);
        return event.data.score.awarded === awarded && event.data.score.pending === pending;
      });
    }),
    { numRuns: 500 },
  );
});

t.test('what was submitted, or asked, is never submitted or asked again', async () => {
  fc.assert(
    fc.property(commands, (wanted) => {
      const once = carriedOut(wanted).events.filter(({ type }) => type !== 'AnswerGraded').map(({ type, data }) => `${type} ${data.attemptId}`);
      return new Set(once).size === once.length;
    }),
    { numRuns: 500 },
  );
});

const edits = fc.array(
  fc.oneof(
    fc.constantFrom(remove('q1'), remove('q3')),
    worth.map((points) => change('q1', { points })),
    worth.map((points) => change('q3', { points, text: 'Otherwise?' })),
    fc.constant(changeOption('q1', 'q1b', { isCorrect: true })),
    fc.constant(changeOption('q1', 'q1a', { text: 'Another' })),
    fc.constant(add(short('q5'))),
  ),
  { minLength: 1, maxLength: 10 },
);

t.test('no later edit of the assessment changes an attempt', async () => {
  fc.assert(
    fc.property(edits, answers, (wanted, sent) => {
      const initial: Assessment = [created(), added(choice('q1')), added(short('q3')), published].reduce(assessmentDecider.evolve, assessmentDecider.initialState());
      if (!canBeStarted(initial)) return false;
      const begin = start('a1', { questions: asked('a1', shownQuestions(initial)) });
      const untouched = carriedOut([begin, submit('a1', sent), grade('a1', 'q3', 5)]);

      const first = decider.decide(begin, decider.initialState());
      if (!first.ok) return false;
      let state = first.events.reduce((before, event) => decider.evolve(before, event), decider.initialState());
      wanted.reduce<Assessment>((assessment, edit) => {
        const decision = assessmentDecider.decide(edit, assessment);
        const next = decision.ok ? decision.events.reduce(assessmentDecider.evolve, assessment) : assessment;
        // Who starts while the attempt is open brings the questions as they are now.
        const again = canBeStarted(next) ? decider.decide(start('a2', { questions: asked('a2', shownQuestions(next)) }), state) : undefined;
        if (again?.ok === true) state = again.events.reduce((before, event) => decider.evolve(before, event), state);
        return next;
      }, initial);
      const events = [...first.events];
      for (const command of [submit('a1', sent), grade('a1', 'q3', 5)]) {
        const decision = decider.decide(command, state);
        if (!decision.ok) continue;
        events.push(...decision.events);
        state = decision.events.reduce((before, event) => decider.evolve(before, event), state);
      }
      return JSON.stringify(events) === JSON.stringify(untouched.events);
    }),
    { numRuns: 300 },
  );
});
