import type { AttendanceRejection } from '../../commands/attendance/record-attendance.js';
import type { Answer } from './answer.js';

export const attendanceRefusals = {
  'attendance-course-elsewhere': ['unprocessable', 'The organization has no such course.', 'courseId'],
  'attendance-material-elsewhere': ['unprocessable', 'The course has no such material.', 'materialId'],
  'attendance-not-attending': ['unprocessable', 'The account is neither a member of the organization nor enrolled in the course.', 'userId'],
  'attendance-in-future': ['unprocessable', 'Attendance can be recorded up to today, in the time zone of the organization.', 'day'],
} satisfies Record<AttendanceRejection, Answer>;

export type AttendanceCode = keyof typeof attendanceRefusals;
