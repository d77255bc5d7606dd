import type { Static } from 'typebox';
import type { LessonDocument, ModuleDocument } from '../../../projections/curricula/queries.js';
import { pictureUrl } from '../../uploads/picture-store.js';
import { BASE_PATH } from '../surface.js';
import type { Lesson } from './schemas.js';

/** Under the surface and not under /files: each request for it asks who may open the lesson. */
const contentUrl = (publicUrl: string, lessonId: string, name: 'video' | 'document'): string =>
  `${publicUrl.replace(/\/$/, '')}${BASE_PATH}/lessons/${lessonId}/${name}`;

/** `isOpen`: the caller may open the lesson. */
export const presentLesson = (lesson: LessonDocument, module: Pick<ModuleDocument, 'title'>, isOpen: boolean, publicUrl: string): Static<typeof Lesson> => ({
  id: lesson.id,
  title: lesson.title,
  module: module.title,
  description: lesson.description,
  order: lesson.order,
  is_published: lesson.isPublished,
  is_free: lesson.isFree,
  duration: lesson.duration,
  created_at: lesson.addedAt,
  video_url: isOpen && lesson.videoFile !== null ? contentUrl(publicUrl, lesson.id, 'video') : null,
  document_url: isOpen && lesson.documentFile !== null ? contentUrl(publicUrl, lesson.id, 'document') : null,
  thumbnail_url: pictureUrl(publicUrl, lesson.thumbnailFile),
  vdo_cipher_video_id: isOpen ? lesson.videoId : null,
});
