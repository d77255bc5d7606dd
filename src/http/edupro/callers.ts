import type { ReadModels } from '../../ports/read-models.js';
import { personByUsername, type PersonDocument } from '../../projections/people/queries.js';
import type { Wordings } from '../refusals/wording.js';

/** `config: { ...teachersOnly }` */
export const teachersOnly = { access: ['instructor'] } as const;
export const studentsOnly = { access: ['student'] } as const;
export const teachersAndAdmins = { access: ['instructor', 'admin'] } as const;
export const adminsOnly = { access: ['admin'] } as const;

/** Where the document says so instead of the sentence about permissions. */
export const notATeacher: Wordings = { forbidden: [403, 'You are not a Teacher.'] };
export const notAStudent: Wordings = { forbidden: [403, 'You are not a Student.'] };

export const teacherByUsername = async (readModels: ReadModels, username: string): Promise<PersonDocument | undefined> => {
  const person = await personByUsername(readModels, username);
  return person?.role === 'instructor' && !person.deleted ? person : undefined;
};
