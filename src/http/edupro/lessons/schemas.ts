import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { BlankCharField, BlankTextField, BooleanField, CharField, Clearable, FileField, IntegerField } from '../fields.js';

const Url = Nullable(Type.String());
const ForWhoMayOpen = Nullable(Type.String({ description: 'Null for who may not open the lesson' }));

const LONGEST_DESCRIPTION = 5_000;
const LONGEST_VIDEO_ID = 100;

export const Lesson = Type.Object({
  id: Type.String(),
  title: Type.String(),
  module: Type.String({ description: 'The title of the module' }),
  description: Type.String(),
  order: Type.Integer(),
  is_published: Type.Boolean(),
  is_free: Type.Boolean(),
  duration: Type.Integer({ description: 'Seconds; 0: not known' }),
  created_at: Type.String(),
  video_url: ForWhoMayOpen,
  document_url: ForWhoMayOpen,
  thumbnail_url: Url,
  vdo_cipher_video_id: ForWhoMayOpen,
});

const required = { title: CharField(), order: IntegerField() };

const optional = {
  description: Type.Optional(BlankTextField(LONGEST_DESCRIPTION)),
  is_published: Type.Optional(BooleanField),
  is_free: Type.Optional(BooleanField),
  duration: Type.Optional(IntegerField()),
  video: Type.Optional(FileField('MP4, WebM, MKV or MOV, at most 100 MB')),
  document: Type.Optional(FileField('PDF, Word or PowerPoint, at most 20 MB')),
  thumbnail: Type.Optional(FileField('JPG or PNG, at most 2 MB')),
  vdo_cipher_video_id: Clearable(BlankCharField(LONGEST_VIDEO_ID)),
};

const move = Type.Optional(Type.Boolean({ description: 'True: the others make room at the wanted order, and all are numbered from 1 on' }));

export const NewLesson = Type.Object({ ...required, ...optional });
/** For PUT. */
export const WholeLesson = Type.Object({ ...required, ...optional, move });
/** For PATCH. */
export const PartOfLesson = Type.Partial(WholeLesson);

/** The fields of the form that are no files. */
export const lessonTexts = ['title', 'order', 'description', 'is_published', 'is_free', 'duration', 'vdo_cipher_video_id', 'move'] as const;

export const LessonId = Type.Object({ id: Type.String({ maxLength: 200 }) });
