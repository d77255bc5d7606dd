import type { Static } from 'typebox';
import type { ModuleFields } from '../../../domain/curriculum/decider.js';
import { zero } from '../../../domain/kernel/money.js';
import type { PictureField } from '../../uploads/picture-store.js';
import type { Wordings } from '../../refusals/wording.js';
import { NON_FIELD_ERRORS } from '../surface.js';
import type { NewModule, PartOfModule } from './schemas.js';

export const moduleImage: PictureField = {
  name: 'image',
  folder: 'modules',
  extensions: ['jpg', 'png'],
  mostBytes: 2 * 1_048_576,
  sentences: { kind: 'The image must be JPG or PNG.', size: 'Image size must be less than 2MB.' },
};

/** What the body says; what it does not say is absent. */
export const moduleChangesOf = ({ title, description, order, price, is_free, is_published, image }: Static<typeof PartOfModule>): Partial<ModuleFields> => ({
  ...(title === undefined ? {} : { title }),
  ...(description === undefined ? {} : { description }),
  ...(order === undefined ? {} : { order }),
  ...(price === undefined ? {} : { price }),
  ...(is_free === undefined ? {} : { isFree: is_free }),
  ...(is_published === undefined ? {} : { isPublished: is_published }),
  ...(image === undefined ? {} : { imageFile: image }),
});

export const newModuleOf = (body: Static<typeof NewModule>, currency: string): ModuleFields => {
  const { title, order } = body;
  return { description: '', price: zero(currency), isFree: false, isPublished: false, imageFile: null, ...moduleChangesOf(body), title, order };
};

const common: Wordings = {
  'module-order-not-positive': 'Module order must be greater than 0',
  'module-free-with-price': 'Price must be 0 for free modules',
  'amount-invalid': { status: 400, field: 'price', message: 'A valid number is required.' },
  'too-many-modules': { status: 400, field: NON_FIELD_ERRORS },
};

export const newModuleWords: Wordings = {
  ...common,
  'module-order-taken': { status: 400, field: NON_FIELD_ERRORS, message: 'there is already course in this order' },
};

export const changedModuleWords: Wordings = { ...common, 'module-order-taken': { status: 400, field: NON_FIELD_ERRORS } };
