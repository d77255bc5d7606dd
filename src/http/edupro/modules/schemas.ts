import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { BlankCharField, BlankTextField, BooleanField, DecimalField, FileField, IntegerField } from '../fields.js';

const Url = Nullable(Type.String());
const Seconds = Type.Integer({ description: 'Seconds, of the lessons that the caller may know of' });

export const LONGEST_DESCRIPTION = 5_000;

const counted = { total_lessons: Type.Integer(), total_duration: Seconds, image_url: Url };

/** As the list of a course shows it (7.1). */
export const ListedModule = Type.Object({
  id: Type.String(),
  title: Type.String(),
  course: Type.String({ description: 'The title of the course' }),
  order: Type.Integer(),
  price: Type.String(),
  is_free: Type.Boolean(),
  ...counted,
});

/** With all fields (7.2). */
export const Module = Type.Object({ ...ListedModule.properties, description: Type.String(), is_published: Type.Boolean() });

/** With its lessons (7.3). */
export const ModuleDetail = Type.Object({
  ...Module.properties,
  lessons: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), duration: Type.Integer({ description: 'Seconds' }), thumbnail: Url })),
});

const optional = {
  description: Type.Optional(BlankTextField(LONGEST_DESCRIPTION)),
  price: Type.Optional(DecimalField),
  is_free: Type.Optional(BooleanField),
  is_published: Type.Optional(BooleanField),
  image: Type.Optional(FileField('JPG or PNG, less than 2 MB')),
};

const required = { title: BlankCharField(), order: IntegerField() };
const move = Type.Optional(Type.Boolean({ description: 'True: the others make room at the wanted order, and all are numbered from 1 on' }));

export const NewModule = Type.Object({ ...required, ...optional });
/** For PUT. */
export const WholeModule = Type.Object({ ...required, ...optional, move });
/** For PATCH. */
export const PartOfModule = Type.Partial(WholeModule);

/** The fields of the form that are no files. */
export const moduleTexts = ['title', 'order', 'description', 'price', 'is_free', 'is_published', 'move'] as const;

export const ModuleId = Type.Object({ module_id: Type.String({ maxLength: 200 }) });
export const CourseId = Type.Object({ course_id: Type.String({ maxLength: 200 }) });
