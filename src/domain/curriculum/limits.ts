/** Of a course. */
export const MOST_MODULES = 100;
/** Of a module. */
export const MOST_LESSONS_OF_MODULE = 200;
/** Of a course. */
export const MOST_LESSONS = 1_000;
