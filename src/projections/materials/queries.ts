import { material } from '../../domain/resources/material.js';
import type { FieldsOf } from '../../domain/record/resource.js';
import type { Filter, ReadModels } from '../../ports/read-models.js';
import { findSlice, type Place, type Slice } from '../kernel/slice.js';
import { recordCollection, type RecordDocument } from '../kernel/record-projection.js';

export type MaterialDocument = RecordDocument<FieldsOf<typeof material>>;

const materials = recordCollection(material);

/** The highest place in the course; undefined: it has no materials. */
export const lastOrder = async (readModels: ReadModels, courseId: string): Promise<number | undefined> => {
  const sort = { 'fields.order': -1, createdAt: -1, revision: -1 } as const;
  const [last] = await readModels.find(materials, { filter: { 'fields.courseId': courseId }, sort, limit: 1 });
  return last?.fields.order;
};

/** Courses whose materials somebody may see: all of them where the account runs the course, the published ones where it has it. */
export interface VisibleCourses {
  readonly run: readonly string[];
  readonly taken: readonly string[];
}

const filterOf = ({ run, taken }: VisibleCourses): Filter => {
  if (run.length === 0) return { 'fields.courseId': { $in: taken }, 'fields.isPublished': true };
  const others = taken.filter((courseId) => !run.includes(courseId));
  if (others.length === 0) return { 'fields.courseId': { $in: run } };
  return { 'fields.courseId': { $in: [...run, ...others] }, $or: [{ 'fields.courseId': { $in: run } }, { 'fields.isPublished': true }] };
};

/** Course by course, each in its own order. */
export const materialsOf = async (
  readModels: ReadModels,
  visible: VisibleCourses | 'all',
  slice: Slice,
): Promise<{ readonly records: readonly MaterialDocument[]; readonly total: number; readonly next: Place | null }> => {
  const filter = visible === 'all' ? {} : filterOf(visible);
  const sort = { 'fields.courseId': 1, 'fields.order': 1, createdAt: 1, revision: 1 } as const;
  const { found: records, ...rest } = await findSlice(readModels, materials, { filter, sort }, slice);
  return { records, ...rest };
};
