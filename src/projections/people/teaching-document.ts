import type { Document, IndexFields } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** A student of a teacher; the id is `<teacherId>.<studentId>`. One who was removed is kept, so that the number stays. */
export interface TeachingDocument extends Document {
  readonly number: number;
  readonly teacherId: string;
  readonly studentId: string;
  readonly removed: boolean;
  /** False: blocked, or removed. One who was removed stays so, unless the student joins again. */
  readonly active: boolean;
  readonly joinedAt: string;
  readonly notes: string;
  /** Of the student, for searches and orders. */
  readonly name: string;
  /** The name as lists are sorted by it. */
  readonly sortKey: string;
  readonly username: string;
  readonly email: string;
}

const listed = { teacherId: 1, removed: 1 } as const;
const byActivity = { ...listed, active: 1 } as const;

/** A search of several words needs an index in the very direction of its order. */
const searched = (fields: IndexFields): readonly IndexFields[] =>
  (['joinedAt', 'sortKey'] as const).flatMap((order) => ([1, -1] as const).map((direction) => ({ $text: 1, ...fields, [order]: direction })));

export const teachings = collection<TeachingDocument>({
  projection: 'people',
  name: 'teachings',
  numbered: true,
  indexes: [
    { studentId: 1 },
    { studentId: 1, active: 1 },
    { ...listed, joinedAt: 1 },
    { ...listed, sortKey: 1 },
    { ...byActivity, joinedAt: 1 },
    { ...byActivity, sortKey: 1 },
    ...searched(listed),
    ...searched(byActivity),
  ],
  text: ['name', 'username', 'email'],
});
