import t from 'tap';
import { MOST_ATTEMPTS } from '../../src/domain/assessment/decider.js';
import { assessmentAttemptDecider, MOST_ANSWER_CHARACTERS, type AssessmentAttemptCommand } from '../../src/domain/assessment-attempt/decider.js';
import { isPassed, percentageOf, scoreOf } from '../../src/domain/assessment-attempt/score.js';
import type { AssessmentAttemptEvent } from '../../src/domain/assessment-attempt/events.js';
import { answer, asked, at, facts, grade, start, started, submit, submitted } from './attempt-examples.js';
import { given as givenEvents } from './decider-specification.js';

const given = (...events: readonly AssessmentAttemptEvent[]) => givenEvents(assessmentAttemptDecider, events);

const nothing = [
  { answerId: 'q1/a1', questionId: 'q1', selectedOptionId: null, text: null, points: 0 },
  { answerId: 'q2/a1', questionId: 'q2', selectedOptionId: null, text: null, points: 0 },
  { answerId: 'q3/a1', questionId: 'q3', selectedOptionId: null, text: null, points: 0 },
];
const handedIn = (answers: readonly (typeof nothing[number] | object)[], awarded: number, pending: number) =>
  ({
    type: 'AttemptSubmitted',
    data: { ...facts, attemptId: 'a1', answers: nothing.map((none, place) => ({ ...none, ...answers[place] })), score: { awarded, pending }, submittedAt: at },
  }) as AssessmentAttemptEvent;

t.test('the first start begins an attempt with the questions as they are shown', async () => {
  given().when(start('a1')).then([started('a1')]);
});

t.test('who starts again goes on with the open attempt, whatever the assessment says now', async () => {
  given(started('a1')).when(start('a2')).thenNothing();
  given(started('a1')).when(start('a2', { maxAttempts: 1, questions: [] })).thenNothing();
});

t.test('a start that is repeated after the submission begins nothing', async () => {
  given(started('a1'), submitted('a1')).when(start('a1')).thenNothing();
});

t.test('after the submission a new attempt starts, with its own questions', async () => {
  const questions = asked('a2').slice(0, 1);
  given(started('a1'), submitted('a1')).when(start('a2', { questions })).then([started('a2', questions)]);
});

t.test('there are as many attempts as the assessment allows, and no more than a stream takes', async () => {
  given(started('a1'), submitted('a1')).when(start('a2', { maxAttempts: 1 })).thenRefused('no-attempts-left', { most: 1 });
  given(started('a1'), submitted('a1')).when(start('a2', { maxAttempts: 2 })).then([started('a2')]);
  const all = Array.from({ length: MOST_ATTEMPTS }, (_, index) => [started(`a${index}`), submitted(`a${index}`)]).flat();
  given(...all).when(start('one more')).thenRefused('no-attempts-left', { most: MOST_ATTEMPTS });
});

t.test('questions to choose from are graded at once; a short answer waits', async () => {
  given(started('a1'))
    .when(submit('a1', [answer('q1', 'q1a'), answer('q2', 'q2b'), answer('q3', null, 'Because')]))
    .then([handedIn([{ selectedOptionId: 'q1a', points: 2 }, { selectedOptionId: 'q2b' }, { text: 'Because', points: null }], 2, 1)]);
});

t.test('what is not answered, or blank, has no points at once', async () => {
  given(started('a1')).when(submit('a1', [])).then([handedIn([], 0, 0)]);
  given(started('a1')).when(submit('a1', [answer('q1'), answer('q2', null, ' '), answer('q3', null, ' \n ')])).then([handedIn([], 0, 0)]);
});

const refusedAnswers: readonly (readonly [rule: string, sent: readonly ReturnType<typeof answer>[], rejection: 'question-not-in-attempt' | 'question-answered-twice' | 'option-not-of-question' | 'option-not-expected' | 'text-not-expected', index: number])[] = [
  ['a question that was not asked', [answer('q1', 'q1a'), answer('q9', 'q1a')], 'question-not-in-attempt', 1],
  ['a question twice', [answer('q1', 'q1a'), answer('q3'), answer('q1', 'q1b')], 'question-answered-twice', 2],
  ['an option of another question', [answer('q1', 'q2a')], 'option-not-of-question', 0],
  ['an option for a short answer', [answer('q3', 'q1a', 'Because')], 'option-not-expected', 0],
  ['a text for a choice', [answer('q1', 'q1a', 'Because')], 'text-not-expected', 0],
];
for (const [rule, sent, rejection, index] of refusedAnswers) {
  t.test(`refused: ${rule}`, async () => {
    given(started('a1')).when(submit('a1', sent)).thenRefused(rejection, { index });
  });
}

t.test('answers have an end', async () => {
  const longest = 'x'.repeat(MOST_ANSWER_CHARACTERS);
  given(started('a1')).when(submit('a1', [answer('q3', null, longest)])).then([handedIn([{}, {}, { text: longest, points: null }], 0, 1)]);
  given(started('a1')).when(submit('a1', [answer('q3', null, `${longest}x`)])).thenRefused('answers-too-long', { most: MOST_ANSWER_CHARACTERS });
});

t.test('what was submitted stays, whatever is sent later', async () => {
  given(started('a1'), submitted('a1')).when(submit('a1', [answer('q1', 'q1b')])).thenNothing();
  given(started('a1'), submitted('a1')).when(submit('a1', [answer('q9')])).thenNothing();
});

t.test('an attempt of somebody else, or none, is not found', async () => {
  given().when(submit('a1')).thenRefused('attempt-not-found');
  given(started('a1')).when(submit('a2')).thenRefused('attempt-not-found');
});

const graded = (points: number, awarded: number, pending = 0): AssessmentAttemptEvent => ({
  type: 'AnswerGraded',
  data: { assessmentId: facts.assessmentId, studentId: facts.studentId, attemptId: 'a1', answerId: 'q3/a1', points, score: { awarded, pending }, gradedBy: 'ada', gradedAt: at },
});

t.test('the teacher grades a short answer from 0 to its points', async () => {
  given(started('a1'), submitted('a1')).when(grade('a1', 'q3', 0)).then([graded(0, 2)]);
  given(started('a1'), submitted('a1')).when(grade('a1', 'q3', 5)).then([graded(5, 7)]);
  for (const points of [-1, 6, 0.5, Number.NaN]) given(started('a1'), submitted('a1')).when(grade('a1', 'q3', points)).thenRefused('points-beyond-question', { most: 5 });
});

t.test('again, as often as the teacher likes; the same points are no news', async () => {
  given(started('a1'), submitted('a1'), graded(5, 7)).when(grade('a1', 'q3', 3)).then([graded(3, 5)]);
  given(started('a1'), submitted('a1'), graded(3, 5)).when(grade('a1', 'q3', 3)).thenNothing();
});

t.test('a short answer that was left empty can be given points', async () => {
  given(started('a1'), submitted('a1', [])).when(grade('a1', 'q3', 1)).then([graded(1, 1)]);
});

t.test('only short answers are graded by hand', async () => {
  given(started('a1'), submitted('a1')).when(grade('a1', 'q1', 1)).thenRefused('answer-not-graded-by-hand');
});

t.test('there is no answer in an open attempt, for another teacher, or where nothing was asked', async () => {
  const refused = (events: readonly AssessmentAttemptEvent[], command: AssessmentAttemptCommand) => {
    given(...events).when(command).thenRefused('answer-not-found');
  };
  refused([], grade('a1', 'q3', 1));
  refused([started('a1')], grade('a1', 'q3', 1));
  refused([started('a1'), submitted('a1')], grade('a1', 'q3', 1, 'bob'));
  refused([started('a1'), submitted('a1')], grade('a1', 'q9', 1));
  refused([started('a1'), submitted('a1'), started('a2')], grade('a2', 'q3', 1));
});

t.test('a score is the sum of what is graded', async (t) => {
  t.same(scoreOf([]), { awarded: 0, pending: 0 });
  t.same(scoreOf([2, null, 0, 3, null]), { awarded: 5, pending: 2 });
});

t.test('whether it is passed is decided on the exact percentage, and shown half-up', async (t) => {
  t.ok(isPassed(1, 3, '33.33'), '33.333... per cent');
  t.notOk(isPassed(1, 3, '33.34'));
  t.notOk(isPassed(2, 3, '66.67'), '66.666... is shown as 66.67 and is less');
  t.equal(percentageOf(2, 3), '66.67');
  t.equal(percentageOf(1, 3), '33.33');
  t.equal(percentageOf(1, 800), '0.13', '0.125');
  t.equal(percentageOf(3, 3), '100.00');
  t.equal(percentageOf(0, 0), '0.00');
  t.ok(isPassed(1, 2, '50'));
  t.ok(isPassed(0, 2, '0'));
  t.notOk(isPassed(1_999, 2_000, '99.96'));
  t.ok(isPassed(1_999, 2_000, '99.95'));
});
