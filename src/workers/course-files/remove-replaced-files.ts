import { aggregates } from '../../domain/aggregates.js';
import type { DomainEvent } from '../../domain/events.js';
import type { CommandServices } from '../../commands/services.js';
import type { Consumer } from '../../ports/event-bus.js';
import type { FileStore } from '../../ports/file-store.js';

export interface ReplacedFilesServices extends Pick<CommandServices, 'handler'> {
  readonly files: Pick<FileStore, 'delete'>;
}

export const REMOVE_REPLACED_COURSE_FILES = 'remove-replaced-course-files';

/** Removes pictures and trailers that a change of a course has replaced. Those of a deleted course stay: who has it keeps it. */
export const replacedFilesConsumer = ({ handler, files }: ReplacedFilesServices): Consumer<DomainEvent> => ({
  name: REMOVE_REPLACED_COURSE_FILES,
  categories: ['course'],
  handle: async (event) => {
    if (event.type !== 'CourseDetailsChanged') return;
    const { courseId, replacedFiles = [] } = event.data;
    if (replacedFiles.length === 0) return;
    const { state: course } = await handler.load(aggregates.course, courseId);
    const inUse = course.status === 'none' ? [] : [course.details.thumbnailFile, course.details.trailerFile];
    for (const file of replacedFiles) if (!inUse.includes(file)) await files.delete(file);
  },
});
