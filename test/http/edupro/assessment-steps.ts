import { drawnUp } from '../../fixtures/courses.js';
import type { Answer, Caller, EduproApp, Member } from './edupro-app.js';

export const ASSESSMENTS = '/teacher/assessments/';
export const NOT_FOUND = { detail: 'Not found.' };
export const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
export const MALFORMED_IDS = ['x', '1', UNKNOWN_ID.toUpperCase().replace('0', 'G'), `${UNKNOWN_ID}0`, '%00', 'a'.repeat(200)];

/** As the document writes it. */
export const quiz = { title: 'Fugues', description: 'How to hear one', assessment_type: 'quiz', passing_grade: 60.5 };
export const right = { option_text: 'Bach', is_correct: true };
export const wrong = { option_text: 'Satie', is_correct: false };
export const choice = { question_text: 'Who wrote it?', question_type: 'multiple_choice', points: 2, options: [right, wrong] };
export const short = { question_text: 'Why?', question_type: 'short_answer', points: 5 };

const idOf = ({ status, body }: Answer): string => {
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return String(body['id']);
};

export const newAssessment = async ({ send }: EduproApp, teacher: Caller, more: object = {}): Promise<string> => idOf(await send(teacher, 'POST', ASSESSMENTS, { ...quiz, ...more }));

export const newQuestion = async ({ send }: EduproApp, teacher: Caller, assessment: string, question: object = choice): Promise<string> =>
  idOf(await send(teacher, 'POST', `${ASSESSMENTS}${assessment}/questions/`, question));

export const optionsOf = async ({ send }: EduproApp, teacher: Caller, question: string): Promise<readonly { readonly id: string; readonly is_correct: boolean }[]> =>
  (await send(teacher, 'GET', `/teacher/questions/${question}/options/`)).list as readonly { id: string; is_correct: boolean }[];

/** A course of the teacher, on sale. */
export const newCourse = async (app: EduproApp, { accountId }: Member): Promise<string> => {
  const courseId = await drawnUp(app.services.commands, { actor: { accountId, role: 'instructor' } });
  await app.caughtUp();
  return courseId;
};

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

/** Everybody who is not a teacher, and what they are told. */
export const refusedCallers = async (app: EduproApp, teacher: Member): Promise<readonly (readonly [who: string, caller: Caller | null, status: number, body: object])[]> => {
  const denied = { detail: 'You do not have permission to perform this action.' };
  return [
    ['nobody', null, 401, { detail: 'Authentication credentials were not provided.' }],
    ['a student of the teacher', await app.student(teacher), 403, denied],
    ['a student of nobody', await app.student(), 403, denied],
    ['an admin', await app.member('admin'), 403, denied],
  ];
};
