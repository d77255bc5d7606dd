import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { PageQuery } from '../../shared/pagination.js';
import { ClientId } from '../../shared/text-schemas.js';

export const OrganizationCourseParams = Type.Object({ id: ClientId, courseId: ClientId });

export const OrganizationCourseQuery = Type.Object({
  ...PageQuery.properties,
  termId: Type.Optional(ClientId),
  levelId: Type.Optional(ClientId),
  instructor: Type.Optional(ClientId),
  isPublished: Type.Optional(Type.Boolean()),
});

/** Null: in no term (an addition to the document). */
export const TermBody = Type.Object({ termId: Nullable(ClientId) });
