import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** The id is the account's. */
export interface CartDocument extends Document {
  readonly items: readonly { readonly courseId: string; readonly addedAt: string }[];
}

export interface CartCourseDocument extends Document {
  readonly title: string;
  readonly thumbnailUrl: string | null;
  readonly price: string;
  readonly currency: string;
  readonly published: boolean;
  readonly organizationId: string | null;
  readonly organizationPrivate: boolean;
  readonly deleted: boolean;
}

export const carts = collection<CartDocument>({ projection: 'carts', name: 'carts', indexes: [] });
export const cartCourses = collection<CartCourseDocument>({ projection: 'carts', name: 'cartCourses', indexes: [] });
