import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { BlankCharField, CharField, Clearable } from '../fields.js';
import { Student } from '../people/schemas.js';

const CouponCode = Clearable(BlankCharField(100));

export const EnrollInCourseBody = Type.Object({ course_id: CharField(200), coupon_code: CouponCode });
export const EnrollInModuleBody = Type.Object({ module_id: CharField(200), coupon_code: CouponCode });

export const CourseParams = Type.Object({ course_id: Type.String({ maxLength: 200 }) });
export const EnrollmentParams = Type.Object({ course_id: Type.String({ maxLength: 200 }), enrollment_id: Type.String({ maxLength: 200, description: 'The number of the enrollment' }) });
export const TeacherParams = Type.Object({ teacher_username: Type.String({ maxLength: 200 }) });

export const ENROLLMENT_STATUSES = ['active', 'ended'] as const;
const Status = Type.Enum([...ENROLLMENT_STATUSES]);
const AccessType = Type.Enum(['full', 'partial'], { description: 'partial: single modules' });

export const CourseEnrollment = Type.Object({
  id: Type.Integer(),
  teacher: Type.Integer(),
  student: Type.Integer(),
  course: Type.String(),
  status: Status,
  is_active: Type.Boolean(),
  date: Type.String(),
});

export const ModuleEnrollment = Type.Object({
  id: Type.Integer(),
  student: Type.Integer(),
  module: Type.String(),
  status: Status,
  is_active: Type.Boolean(),
});

const shown = {
  id: Type.Integer(),
  enrollment_date: Type.String(),
  status: Status,
  access_type: AccessType,
  is_active: Type.Boolean(),
  progress: Type.String({ description: 'Per cent, with two places' }),
};

export const BriefEnrollment = Type.Object({
  ...shown,
  student: Type.Object({
    user: Type.Object({ id: Type.Integer(), first_name: Type.String(), last_name: Type.String(), email: Type.String(), username: Type.String() }),
    full_name: Type.String(),
  }),
});

export const FullEnrollment = Type.Object({
  ...shown,
  student: Student,
  ended_date: Nullable(Type.String()),
  is_completed: Type.Boolean(),
  last_activity: Nullable(Type.String()),
});
