import type { EventOfType } from '../../src/domain/events.js';
import type { Published } from './projected.js';

const at = '2026-01-01T10:00:00.000Z';

/** A course and its creation, for tests of what is projected from it. */
export const courseCreated = (courseId: string, data: Partial<EventOfType<'CourseCreated'>['data']> = {}): Published => [
  `course-${courseId}`,
  {
    type: 'CourseCreated',
    data: {
      courseId,
      instructorId: 'ada',
      title: `Course ${courseId}`,
      description: 'All of it',
      thumbnailUrl: null,
      level: 'beginner',
      category: 'programming',
      tags: ['code'],
      price: '12.50',
      currency: 'USD',
      organizationId: null,
      organizationPrivate: false,
      capacity: null,
      createdAt: at,
      ...data,
    },
  },
];

export const coursePublished = (courseId: string): Published => [
  `course-${courseId}`,
  { type: 'CoursePublished', data: { courseId, publishedAt: at } },
];
