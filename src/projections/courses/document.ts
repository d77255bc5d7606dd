import type { CourseLevel } from '../../domain/course/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

export interface CourseDocument extends Document {
  readonly instructorId: string;
  readonly title: string;
  readonly description: string;
  readonly thumbnailUrl: string | null;
  readonly level: CourseLevel;
  readonly category: string;
  readonly tags: readonly string[];
  readonly price: string;
  readonly currency: string;
  readonly organizationId: string | null;
  readonly organizationPrivate: boolean;
  readonly published: boolean;
  readonly deleted: boolean;
  /** On sale to everyone: published, not deleted, not private to an organization. */
  readonly listed: boolean;
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
    { listed: 1, createdAt: -1 },
    { listed: 1, category: 1, createdAt: -1 },
    { listed: 1, level: 1, createdAt: -1 },
    { listed: 1, category: 1, level: 1, createdAt: -1 },
    { instructorId: 1, listed: 1, createdAt: -1 },
    { instructorId: 1, deleted: 1, createdAt: -1 },
    { $text: 1, listed: 1, createdAt: -1 },
    { editors: 1, deleted: 1, createdAt: -1 },
  ],
  text: ['title', 'description', 'tags', 'category'],
});
