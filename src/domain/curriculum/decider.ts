import type { Decider, Decision } from '../kernel/decider.js';
import type { CurriculumCommand, CurriculumRejection } from './commands.js';
import type { CurriculumEvent } from './events.js';
import { decideLesson } from './lessons.js';
import { decideModule } from './modules.js';
import { emptyCurriculum, evolve, type Curriculum } from './state.js';

export type { CurriculumCommand, CurriculumRejection, LessonFields, LessonRejection, ModuleFields, ModuleRejection } from './commands.js';
export { MOST_LESSONS, MOST_LESSONS_OF_MODULE, MOST_MODULES } from './limits.js';
export type { CourseModule, Curriculum, Lesson } from './state.js';

const decide = (command: CurriculumCommand, curriculum: Curriculum): Decision<CurriculumEvent, CurriculumRejection> => {
  switch (command.type) {
    case 'AddModule':
    case 'ChangeModule':
    case 'RemoveModule':
      return decideModule(command, curriculum);
    case 'AddLesson':
    case 'ChangeLesson':
    case 'RemoveLesson':
      return decideLesson(command, curriculum);
  }
};

/** The modules and lessons of one course: one stream, so that no two within a parent have one order. */
export const curriculumDecider: Decider<Curriculum, CurriculumCommand, CurriculumEvent, CurriculumRejection> = {
  initialState: emptyCurriculum,
  decide,
  evolve,
};
