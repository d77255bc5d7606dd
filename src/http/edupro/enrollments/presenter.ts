import type { Static } from 'typebox';
import type { CourseEnrollmentDocument, ModuleEnrollmentDocument } from '../../../projections/learning/queries.js';
import type { KnownPerson } from '../people/people.js';
import { presentBriefUser, presentStudent } from '../people/presenter.js';
import type { CourseProgress } from '../progress/course-progress.js';
import type { BriefEnrollment, CourseEnrollment, FullEnrollment, ModuleEnrollment } from './schemas.js';

const stateOf = ({ active }: { readonly active: boolean }) => ({ status: active ? ('active' as const) : ('ended' as const), is_active: active });

/** `teacher`, `student`: their numbers. */
export const presentCourseEnrollment = (enrollment: CourseEnrollmentDocument, teacher: number, student: number): Static<typeof CourseEnrollment> => ({
  id: enrollment.number,
  teacher,
  student,
  course: enrollment.courseId,
  ...stateOf(enrollment),
  date: enrollment.enrolledAt,
});

export const presentModuleEnrollment = (enrollment: ModuleEnrollmentDocument, student: number): Static<typeof ModuleEnrollment> => ({
  id: enrollment.number,
  student,
  module: enrollment.moduleId,
  ...stateOf(enrollment),
});

export interface EnrollmentShown {
  readonly enrollment: CourseEnrollmentDocument;
  readonly student: KnownPerson;
  readonly progress: CourseProgress;
}

const shown = ({ enrollment, progress }: EnrollmentShown) => ({
  id: enrollment.number,
  enrollment_date: enrollment.enrolledAt,
  ...stateOf(enrollment),
  access_type: enrollment.full ? ('full' as const) : ('partial' as const),
  progress: progress.percent,
});

export const presentBriefEnrollment = (one: EnrollmentShown): Static<typeof BriefEnrollment> => {
  const { person } = one.student;
  const { id, first_name, last_name, email, username } = presentBriefUser(person);
  return { ...shown(one), student: { user: { id, first_name, last_name, email, username }, full_name: person.name } };
};

export const presentFullEnrollment = (one: EnrollmentShown, publicUrl: string): Static<typeof FullEnrollment> => ({
  ...shown(one),
  student: presentStudent(one.student.person, one.student.fields, publicUrl),
  ended_date: one.enrollment.endedAt,
  is_completed: one.progress.isCompleted,
  last_activity: one.progress.lastActivity,
});
