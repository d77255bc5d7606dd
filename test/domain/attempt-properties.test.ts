import t from 'tap';
import { assessmentDecider, canBeStarted, shownQuestions, type Assessment } from '../../src/domain/assessment/decider.js';
import { assessmentAttemptDecider as decider } from '../../src/domain/assessment-attempt/decider.js';
import type { AssessmentAttemptEvent } from '../../src/domain/assessment-attempt/events.js';
import { add, change, changeOption, choice, created, published, remove, short, added } from './assessment-examples.js';
import { answers, carriedOut, commands, worth } from './attempt-arbitraries.js';
import { asked, grade, start, submit } from './attempt-examples.js';
import { fc } from '../fixtures/properties.js';

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
