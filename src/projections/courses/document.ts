import type { CourseLevel } from '../../domain/course/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** Audiences that are no id of an organization. */
export const EVERYONE = '*';
export const UNPUBLISHED = '-';

export interface CourseDocument extends Document {
  readonly instructorId: string;
  readonly title: string;
  readonly description: string;
  readonly thumbnailUrl: string | null;
  readonly level: CourseLevel;
  readonly category: string;
  /** The category that `category` is the name of; null: it is a text of its own. */
  readonly categoryId: string | null;
  readonly tags: readonly string[];
  readonly price: string;
  readonly currency: string;
  readonly organizationId: string | null;
  readonly organizationPrivate: boolean;
  readonly termId: string | null;
  readonly levelId: string | null;
  readonly published: boolean;
  readonly deleted: boolean;
  /** Whom lists show it: EVERYONE, the members of the organization with this id, or who runs it (UNPUBLISHED). Null: it is deleted. */
  readonly audience: string | null;
  readonly capacity: number | null;
  readonly seatsInUse: number;
  readonly editors: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const courses = collection<CourseDocument>({
  projection: 'courses',
  name: 'courses',
  indexes: [
    { audience: 1, createdAt: -1 },
    { audience: 1, category: 1, createdAt: -1 },
    { audience: 1, level: 1, createdAt: -1 },
    { audience: 1, category: 1, level: 1, createdAt: -1 },
    { instructorId: 1, audience: 1, createdAt: -1 },
    { instructorId: 1, deleted: 1, createdAt: -1 },
    { $text: 1, audience: 1, createdAt: -1 },
    { editors: 1, deleted: 1, createdAt: -1 },
    { organizationId: 1, audience: 1, createdAt: -1 },
    { organizationId: 1, audience: 1, instructorId: 1, createdAt: -1 },
    { organizationId: 1, audience: 1, termId: 1, createdAt: -1 },
    { organizationId: 1, audience: 1, levelId: 1, createdAt: -1 },
    { organizationId: 1, audience: 1, termId: 1, levelId: 1, createdAt: -1 },
    { organizationId: 1, audience: 1, editors: 1 },
    { levelId: 1 },
    { termId: 1 },
  ],
  text: ['title', 'description', 'tags', 'category'],
});
