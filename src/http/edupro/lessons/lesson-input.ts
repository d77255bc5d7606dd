import type { Static } from 'typebox';
import type { LessonFields } from '../../../domain/curriculum/decider.js';
import type { Wordings } from '../../refusals/wording.js';
import type { DocumentField } from '../../uploads/document-store.js';
import type { PictureField } from '../../uploads/picture-store.js';
import type { VideoField } from '../../uploads/video-store.js';
import { NON_FIELD_ERRORS } from '../surface.js';
import type { NewLesson, PartOfLesson } from './schemas.js';

export const lessonVideo: VideoField = {
  name: 'video',
  folder: 'lesson-videos',
  sentences: { kind: 'Unsupported extensions', size: 'The video must be at most 100 MB.' },
};

export const lessonDocument: DocumentField = {
  name: 'document',
  folder: 'lesson-documents',
  sentences: { kind: 'The file must be in PDF or Word or powerpoint format.', size: 'The document must be at most 20 MB.' },
};

export const lessonThumbnail: PictureField = {
  name: 'thumbnail',
  folder: 'lessons',
  extensions: ['jpg', 'png'],
  mostBytes: 2 * 1_048_576,
  sentences: { kind: 'The image must be JPG or PNG or jpeg.', size: 'Image larger than 2 MB' },
};

/** What the body says; what it does not say is absent. */
export const lessonChangesOf = (body: Static<typeof PartOfLesson>): Partial<LessonFields> => {
  const { title, description, order, is_published, is_free, duration, video, document, thumbnail, vdo_cipher_video_id: videoId } = body;
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(order === undefined ? {} : { order }),
    ...(is_published === undefined ? {} : { isPublished: is_published }),
    ...(is_free === undefined ? {} : { isFree: is_free }),
    ...(duration === undefined ? {} : { duration }),
    ...(video === undefined ? {} : { videoFile: video }),
    ...(videoId === undefined ? {} : { videoId: videoId === '' ? null : videoId }),
    ...(document === undefined ? {} : { documentFile: document }),
    ...(thumbnail === undefined ? {} : { thumbnailFile: thumbnail }),
  };
};

const none = { description: '', isPublished: false, isFree: false, duration: null, videoFile: null, videoId: null, documentFile: null, thumbnailFile: null };

export const newLessonOf = (body: Static<typeof NewLesson>): LessonFields => {
  const { title, order } = body;
  return { ...none, ...lessonChangesOf(body), title, order };
};

export const lessonWords: Wordings = {
  'lesson-order-not-positive': 'lesson order must be greater than 0',
  'lesson-duration-not-positive': 'lesson duration must be greater than 0',
  'lesson-order-taken': { status: 400, message: 'there is already lesson in this order' },
  'too-many-lessons': { status: 400, field: NON_FIELD_ERRORS },
};
