import { MOST_COURSES, type ShelfRejection } from '../../domain/shelf/decider.js';
import type { Answer } from './answer.js';

export const shelfRefusals = {
  'too-many-courses': ['conflict', `An instructor has at most ${MOST_COURSES} courses that are not deleted, published or not.`],
} satisfies Record<ShelfRejection, Answer>;
