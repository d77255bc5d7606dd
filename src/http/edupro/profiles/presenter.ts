import type { Static } from 'typebox';
import type { ReadModels } from '../../../ports/read-models.js';
import { countCourses } from '../../../projections/instructor-analysis/queries.js';
import { countActiveStudents } from '../../../projections/people/teaching-queries.js';
import { teacherRatingTotals } from '../../../projections/ratings/queries.js';
import { fileUrl } from '../../uploads/picture-store.js';
import type { KnownPerson } from '../people/people.js';
import { presentBriefUser, presentProfile } from '../people/presenter.js';
import { averageRating } from '../ratings/average-rating.js';
import type { PublicTeacher, TeacherProfile } from './schemas.js';

/** The read models of a teacher's profile. */
export const TEACHER_READS = ['people', 'profile', 'instructor-analysis', 'ratings'] as const;

const figuresOf = async (readModels: ReadModels, teacherId: string) => {
  const [courses, students, totals] = await Promise.all([
    countCourses(readModels, teacherId),
    countActiveStudents(readModels, teacherId),
    teacherRatingTotals(readModels, teacherId),
  ]);
  return { number_of_courses: courses, number_of_students: students, rating: averageRating(totals) };
};

export const presentTeacher = async (
  readModels: ReadModels,
  { person, fields }: KnownPerson,
  publicUrl: string,
): Promise<Static<typeof TeacherProfile>> => ({
  user: presentBriefUser(person),
  ...presentProfile(person, fields, publicUrl),
  specialization: fields.specialization ?? '',
  institution: fields.institution ?? '',
  experiance: fields.experience ?? '',
  ...(await figuresOf(readModels, person.id)),
  created_at: person.registeredAt,
  logo: fields.logoFile === undefined ? null : fileUrl(publicUrl, fields.logoFile),
  primary_color: fields.primaryColor ?? '',
  primary_color_light: fields.primaryColorLight ?? '',
  primary_color_dark: fields.primaryColorDark ?? '',
  secondary_color: fields.secondaryColor ?? '',
  accent_color: fields.accentColor ?? '',
  background_color: fields.backgroundColor ?? '',
});

/** For anybody: neither the phone number nor the type of the account. */
export const presentPublicTeacher = async (readModels: ReadModels, known: KnownPerson, publicUrl: string): Promise<Static<typeof PublicTeacher>> => {
  const { user: { phone: _phone, user_type: _type, ...user }, ...profile } = await presentTeacher(readModels, known, publicUrl);
  return { user, ...profile };
};
