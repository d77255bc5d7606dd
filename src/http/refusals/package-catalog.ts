import { MOST_COURSES_OF_PACKAGE, MOST_PACKAGES, type PackageCatalogRejection } from '../../domain/package-catalog/decider.js';
import type { Answer } from './answer.js';

export const packageCatalogRefusals = {
  'package-not-found': ['not-found', 'The package does not exist.'],
  'package-name-taken': ['conflict', 'Another package has this name.', 'name'],
  'too-many-packages': ['conflict', `There can be at most ${MOST_PACKAGES} packages.`],
  'too-many-package-courses': ['conflict', `A package has at most ${MOST_COURSES_OF_PACKAGE} courses.`],
  'package-course-count': ['invalid', 'A bundle takes two courses at a time, another package one.'],
  'package-course-present': ['conflict', 'The course is in the package already.', 'courseId'],
  'package-course-absent': ['not-found', 'The course is not in the package.'],
  'package-level-differs': ['invalid', 'The level of the course is another one than that of the package.', 'courseId'],
} as const satisfies Record<PackageCatalogRejection, Answer>;
