import type { Static } from 'typebox';
import { personByNumber, type PersonDocument } from '../../../projections/people/queries.js';
import { teachingOf, type TeachingDocument } from '../../../projections/people/teaching-queries.js';
import type { ReadModels } from '../../../ports/read-models.js';
import { notFound } from '../../shared/problem.js';
import { knownPeople } from '../people/people.js';
import { studyFigureReads, studyFigures } from '../progress/study-figures.js';
import { presentRelation } from './presenter.js';
import type { StudentProfile } from './schemas.js';

/** The read models of what a teacher sees of students. */
export const RELATION_READS = ['people', 'profile', ...studyFigureReads] as const;

const NUMBER = /^[0-9]{1,10}$/;

/** The person with this number, as it was sent. Throws 404 for one who is no student of the teacher. */
export const studentOfTeacher = async (readModels: ReadModels, teacherId: string, sent: string): Promise<PersonDocument> => {
  const person = NUMBER.test(sent) ? await personByNumber(readModels, Number(sent)) : undefined;
  const teaching = person && (await teachingOf(readModels, teacherId, person.id));
  if (person === undefined || teaching?.removed !== false) throw notFound('student');
  return person;
};

/** In the order of the teachings, which are of one teacher: three look-ups for all of them together. */
export const presentRelations = async (
  readModels: ReadModels,
  teacherId: string,
  teachings: readonly TeachingDocument[],
  publicUrl: string,
): Promise<readonly Static<typeof StudentProfile>[]> => {
  const studentIds = teachings.map(({ studentId }) => studentId);
  const [people, figures] = await Promise.all([knownPeople(readModels, studentIds), studyFigures(readModels, teacherId, studentIds)]);
  return teachings.flatMap((teaching) => {
    const known = people.get(teaching.studentId);
    return known === undefined ? [] : [presentRelation(teaching, known, publicUrl, figures.get(teaching.studentId))];
  });
};

/** Throws 404 where the student does not belong to the teacher; one who is blocked does. */
export const relationOf = async (
  readModels: ReadModels,
  teacherId: string,
  studentId: string,
  publicUrl: string,
): Promise<Static<typeof StudentProfile>> => {
  const teaching = await teachingOf(readModels, teacherId, studentId);
  const [relation] = teaching?.removed === false ? await presentRelations(readModels, teacherId, [teaching], publicUrl) : [];
  if (relation === undefined) throw notFound('student');
  return relation;
};
