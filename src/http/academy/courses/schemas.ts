import { Type } from 'typebox';
import { FilledLine, Line } from '../../shared/text-schemas.js';
import { LongText } from '../fields.js';
import { AcademyLevel } from '../levels.js';
import { PlainListQuery } from '../paging.js';

export const Session = Type.Object({
  id: Type.String(),
  courseId: Type.String(),
  startAt: Type.String(),
  durationHrs: Type.Integer(),
  description: Type.String(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

export const Course = Type.Object({
  id: Type.String(),
  title: Type.String(),
  description: Type.String(),
  quota: Type.Integer(),
  level: AcademyLevel,
  createdAt: Type.String(),
  updatedAt: Type.String(),
  sessions: Type.Array(Session),
});

const fields = {
  title: FilledLine({ minLength: 5, maxLength: 200 }),
  description: LongText(20),
  level: AcademyLevel,
  quota: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
};

export const NewCourse = Type.Object({
  title: fields.title,
  description: fields.description,
  level: Type.Optional({ ...fields.level, default: 'ENTRY' }),
  quota: Type.Optional(fields.quota),
});

export const CourseChanges = Type.Partial(Type.Object(fields));

export const CourseQuery = Type.Object({
  ...PlainListQuery.properties,
  level: Type.Optional(AcademyLevel),
  search: Type.Optional(Line({ maxLength: 200 })),
});
