import { newAssessment, newQuestion, optionsOf, right, short, wrong } from './assessment-steps.js';
import type { Answer, Caller, EduproApp } from './edupro-app.js';

export const PENDING = '/teacher/grading/pending/';
export const SUBMITTED = { message: 'Assessment submitted successfully. Results will be available shortly.' };

export const choice = { question_text: 'Who wrote it?', question_type: 'multiple_choice', points: 2, options: [right, wrong] };
export const sides = {
  question_text: 'It is a fugue.',
  question_type: 'true_false',
  points: 1,
  options: [
    { option_text: 'True', is_correct: true },
    { option_text: 'False', is_correct: false },
  ],
};
export const why = { ...short, correct_answer: 'The subject enters' };

export interface Paper {
  readonly id: string;
  readonly choiceId: string;
  readonly rightId: string;
  readonly wrongId: string;
  readonly sidesId: string;
  readonly trueId: string;
  readonly whyId: string;
}

/** A published assessment with a question of each type: 2 + 1 + 5 points, of which 60.5 per cent pass. */
export const newPaper = async (app: EduproApp, teacher: Caller, more: object = {}): Promise<Paper> => {
  const id = await newAssessment(app, teacher, more);
  const optionIds = async (question: string) => (await optionsOf(app, teacher, question)).map((option) => option.id);
  const choiceId = await newQuestion(app, teacher, id, choice);
  const sidesId = await newQuestion(app, teacher, id, sides);
  const whyId = await newQuestion(app, teacher, id, why);
  const [rightId = '', wrongId = ''] = await optionIds(choiceId);
  const [trueId = ''] = await optionIds(sidesId);
  return { id, choiceId, rightId, wrongId, sidesId, trueId, whyId };
};

export const attemptsIn = ({ send }: EduproApp) => {
  const begin = (student: Caller | null, assessment: string, teacher: string): Promise<Answer> => send(student, 'POST', `/student/assessments/${assessment}/${teacher}/start/`);
  const submit = (student: Caller | null, attempt: string, answers: readonly object[]): Promise<Answer> => send(student, 'POST', `/students/attempts/${attempt}/submit/`, { answers });
  const result = (student: Caller | null, attempt: string): Promise<Answer> => send(student, 'GET', `/student/attempts/${attempt}/result/`);
  const grade = (teacher: Caller | null, answer: string, points: unknown, method: 'PUT' | 'PATCH' = 'PUT'): Promise<Answer> =>
    send(teacher, method, `/teacher/grading/answer/${answer}/`, { points_awarded: points });
  return {
    begin,
    submit,
    result,
    grade,
    /** Starts an attempt and says its id. */
    begun: async (student: Caller, { id }: Pick<Paper, 'id'>, { username }: { readonly username: string }): Promise<string> => {
      const { status, body } = await begin(student, id, username);
      if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
      return String(body['attempt_id']);
    },
    pending: async (teacher: Caller, query = ''): Promise<readonly Readonly<Record<string, unknown>>[]> => {
      const { status, body } = await send(teacher, 'GET', `${PENDING}${query}`);
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      return body['results'] as readonly Readonly<Record<string, unknown>>[];
    },
  };
};

export const chosen = (question_id: string, selected_option_id: string) => ({ question_id, selected_option_id });
export const written = (question_id: string, short_answer_text: string) => ({ question_id, short_answer_text });
