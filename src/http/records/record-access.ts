import type { Actor } from '../../commands/actor.js';
import { ruleOf, type FactSource } from '../../commands/access/record-rules.js';
import type { RecordFields } from '../../domain/record/record-book.js';
import type { AnyResource } from '../../domain/record/resource.js';
import type { ReadModels } from '../../ports/read-models.js';
import { courseById } from '../../projections/courses/queries.js';
import { hasAccess } from '../../projections/enrollments/queries.js';
import type { RecordDocument } from '../../projections/kernel/record-projection.js';
import { standingShown } from '../shared/organization-standing.js';
import { forbidden, notFound } from '../shared/problem.js';

const readFacts = (readModels: ReadModels): FactSource => ({
  course: async (courseId) => {
    const course = await courseById(readModels, courseId);
    return course === undefined || course.deleted ? undefined : course;
  },
  standing: (organizationId, accountId) => standingShown(readModels, organizationId, accountId),
  enrollment: (accountId, courseId) => hasAccess(readModels, accountId, courseId),
});

export const visibleRecord = async <Fields extends RecordFields>(
  readModels: ReadModels,
  resource: AnyResource,
  noun: string,
  actor: Actor | null,
  record: RecordDocument<Fields> | undefined,
): Promise<RecordDocument<Fields>> => {
  const isVisible = record !== undefined && (await ruleOf(resource, 'read').holds(actor, record, readFacts(readModels)));
  if (!isVisible) throw notFound(noun);
  return record;
};

/** The filter that limits a list to the records that this account may see; 403 where there are none, or 404 where that is private. */
export const visibleList = async (readModels: ReadModels, resource: AnyResource, actor: Actor | null, wanted: RecordFields): Promise<RecordFields> => {
  const rule = ruleOf(resource, 'read');
  const narrowed = await rule.narrow(actor, wanted, readFacts(readModels));
  const isElsewhere = Object.entries(narrowed ?? {}).some(([name, value]) => (wanted[name] ?? value) !== value);
  if (narrowed === undefined || isElsewhere) throw rule.hides === undefined ? forbidden(`This is not for everybody: ${rule.sentence}`) : notFound(rule.hides);
  return { ...wanted, ...narrowed };
};
