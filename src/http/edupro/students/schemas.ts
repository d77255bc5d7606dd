import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { Page } from '../pages.js';
import { Student } from '../people/schemas.js';

const relation = {
  id: Type.Integer(),
  student: Student,
  enrollment_date: Type.String(),
  notes: Type.String(),
  is_active: Type.Boolean(),
  completed_lessons: Type.Integer(),
  last_activity: Nullable(Type.String()),
  number_of_completed_courses: Type.Integer(),
};

/** A student in relation to a teacher. */
export const StudentProfile = Type.Object({ ...relation, number_of_enrollment_courses: Type.Integer() });

const ListedStudent = Type.Object({ ...relation, teacher: Type.Integer() });

/** Of sections 1.19 and 1.20, which document two answers of one URL: `students` are those of `results`. */
export const StudentPage = Type.Object({ ...Page(ListedStudent).properties, students: Type.Array(Student) });
