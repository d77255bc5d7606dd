import { Type, type Static } from 'typebox';
import type { CourseChanges } from '../../../commands/courses/change-course.js';
import type { CreateCourseInput } from '../../../commands/courses/create-course.js';
import type { Outcome } from '../../../commands/outcome.js';
import { minorUnits } from '../../../domain/kernel/money.js';
import { MOST_COURSES } from '../../../domain/shelf/decider.js';
import { categories } from '../../../projections/catalog/queries.js';
import type { ReadModels } from '../../../ports/read-models.js';
import type { Wordings } from '../../refusals/wording.js';
import { invalidField, Problem } from '../../shared/problem.js';
import { fileUrl } from '../../uploads/picture-store.js';
import { BLANK_TEXT, BooleanField, CharField, DecimalField, FileField, IntegerField, TextField } from '../fields.js';
import { NON_FIELD_ERRORS } from '../surface.js';

/** The title is as long as the marketplace takes it. */
const LONGEST_TITLE = 200;

export const NewCourse = Type.Object({
  title: CharField(LONGEST_TITLE),
  description: TextField(),
  trailer_video: Type.Optional(FileField('MP4, WebM, MKV or MOV, at most 100 MB')),
  price: DecimalField,
  is_free: BooleanField,
  category: IntegerField(),
  thumbnail: Type.Optional(FileField('JPG or PNG, at most 2 MB')),
});

export const WholeCourse = Type.Object({ ...NewCourse.properties, is_published: Type.Optional(BooleanField) });
export const CourseParts = Type.Partial(WholeCourse);

/** The fields of a form that hold text. */
export const COURSE_TEXTS = ['title', 'description', 'price', 'is_free', 'category', 'is_published'];

type Sent = Static<typeof CourseParts>;

export const courseRefusals: Wordings = {
  'course-not-without-price': 'Price must be 0 for free courses',
  'course-without-price': 'Price must be greater than 0 for paid courses',
  'course-category-not-found': 'Invalid pk - object does not exist.',
  'too-many-courses': { status: 400, field: NON_FIELD_ERRORS, message: `A teacher has at most ${MOST_COURSES} courses.` },
};

const categoryIdOf = async (readModels: ReadModels, number: number): Promise<string> => {
  const category = await categories.byNumber(readModels, number);
  if (category === undefined) throw invalidField('category', `Invalid pk "${number}" - object does not exist.`);
  return category.id;
};

/** The picture has a link as well: it is what the marketplace shows. */
const filesOf = ({ thumbnail, trailer_video: trailerFile }: Pick<Sent, 'thumbnail' | 'trailer_video'>, publicUrl: string) => ({
  ...(thumbnail === undefined ? {} : { thumbnailFile: thumbnail, thumbnailUrl: fileUrl(publicUrl, thumbnail) }),
  ...(trailerFile === undefined ? {} : { trailerFile }),
});

/** Throws 400 where there is no such category. */
export const newCourseOf = async (readModels: ReadModels, sent: Static<typeof NewCourse>, publicUrl: string): Promise<Omit<CreateCourseInput, 'actor'>> => ({
  title: sent.title,
  description: sent.description,
  category: '',
  categoryId: await categoryIdOf(readModels, sent.category),
  level: 'beginner',
  tags: [],
  thumbnailUrl: null,
  ...filesOf(sent, publicUrl),
  price: sent.price,
  free: sent.is_free,
  published: false,
  organizationId: null,
  organizationPrivate: false,
  capacity: null,
});

/** Throws 400 where there is no such category. */
export const courseChangesOf = async (readModels: ReadModels, sent: Sent, publicUrl: string): Promise<CourseChanges> => ({
  ...(sent.title === undefined ? {} : { title: sent.title }),
  ...(sent.description === undefined ? {} : { description: sent.description }),
  ...(sent.category === undefined ? {} : { categoryId: await categoryIdOf(readModels, sent.category) }),
  ...filesOf(sent, publicUrl),
  ...(sent.price === undefined ? {} : { price: sent.price }),
  ...(sent.is_free === undefined ? {} : { free: sent.is_free }),
  ...(sent.is_published === undefined ? {} : { published: sent.is_published }),
});

const wordsOfAmount = (details: Readonly<Record<string, unknown>>): string =>
  details['problem'] === 'too-precise'
    ? `Ensure that there are no more than ${minorUnits(String(details['currency']))} decimal places.`
    : 'A valid number is required.';

/** Refusals whose details name what is wrong: each as the error of its field. */
export const namingFields = <Value, Rejection extends string>(outcome: Outcome<Value, Rejection>): Outcome<Value, Rejection> => {
  if (outcome.ok) return outcome;
  const { rejection, details = {} } = outcome;
  if (rejection === 'amount-invalid') throw invalidField('price', wordsOfAmount(details));
  const { missing } = details;
  if (rejection !== 'course-incomplete' || !Array.isArray(missing)) return outcome;
  const errors = missing.map((field) => ({ field: String(field), message: BLANK_TEXT }));
  throw new Problem(400, rejection, 'A course needs these to be published.', errors);
};
