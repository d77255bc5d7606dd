import { MOST_LESSONS, MOST_LESSONS_OF_MODULE, MOST_MODULES, type CurriculumRejection } from '../../domain/curriculum/decider.js';
import type { Answer } from './answer.js';
import type { PaymentCode } from './payment.js';

export const curriculumRefusals = {
  'module-not-found': ['not-found', 'The module does not exist.'],
  'module-title-empty': ['invalid', 'Title must not be empty.', 'title'],
  'module-title-too-short': ['invalid', 'Title must be at least 3 characters long.', 'title'],
  'module-order-not-positive': ['invalid', 'The order of a module is 1 or greater.', 'order'],
  'module-order-taken': ['conflict', 'There is already a module with this order in the course.', 'order'],
  'module-free-with-price': ['invalid', 'A free module has no price.', 'price'],
  'too-many-modules': ['conflict', `A course has at most ${MOST_MODULES} modules.`],
  'lesson-not-found': ['not-found', 'The lesson does not exist.'],
  'lesson-title-empty': ['invalid', 'This field may not be blank.', 'title'],
  'lesson-order-not-positive': ['invalid', 'The order of a lesson is 1 or greater.', 'order'],
  'lesson-order-taken': ['conflict', 'There is already a lesson with this order in the module.', 'order'],
  'lesson-duration-not-positive': ['invalid', 'The duration of a lesson is a second or longer.', 'duration'],
  'lesson-with-two-videos': ['invalid', 'Send a file, or the id of a video at the host, not both.', 'video'],
  'too-many-lessons': ['conflict', `A module has at most ${MOST_LESSONS_OF_MODULE} lessons, and a course ${MOST_LESSONS}.`],
} satisfies Record<Exclude<CurriculumRejection, PaymentCode>, Answer>;

export type CurriculumCode = keyof typeof curriculumRefusals;
