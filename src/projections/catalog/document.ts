import type { Document, IndexFields } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** Audiences that are no id of an organization. */
export const EVERYONE = '*';
export const UNPUBLISHED = '-';

/** A course as catalogues list it, with the figures that they show. A deleted one is kept: who has it keeps it. */
export interface CatalogDocument extends Document {
  readonly instructorId: string;
  readonly title: string;
  readonly description: string;
  /** A link, where no picture was uploaded. */
  readonly thumbnailUrl: string | null;
  readonly thumbnailFile: string | null;
  readonly trailerFile: string | null;
  readonly categoryId: string | null;
  readonly price: string;
  /** The price for orders: numbers stand in the order of their values, texts do not. */
  readonly priceOrder: number;
  readonly organizationId: string | null;
  readonly organizationPrivate: boolean;
  readonly published: boolean;
  readonly deleted: boolean;
  /** Whom lists show it: EVERYONE, the members of the organization with this id, or who runs it (UNPUBLISHED). Null: it is deleted. */
  readonly audience: string | null;
  readonly createdAt: string;
  /** Students who have it now. */
  readonly enrollments: number;
  /** Published or not. */
  readonly lessons: number;
  /** Of its lessons, in seconds. */
  readonly duration: number;
  readonly reviews: number;
  /** Of all reviews together. */
  readonly stars: number;
}

// The time parts those that are equal: a page in the middle of many free courses reads no entries but its own.
const orders: readonly IndexFields[] = [{ createdAt: -1 }, { priceOrder: 1, createdAt: 1 }, { enrollments: 1, createdAt: 1 }];
const filters: readonly IndexFields[] = [{}, { categoryId: 1 }, { instructorId: 1 }, { categoryId: 1, instructorId: 1 }];

export const catalog = collection<CatalogDocument>({
  projection: 'catalog',
  name: 'catalog',
  indexes: [
    ...orders.flatMap((order) => filters.map((filter): IndexFields => ({ audience: 1, ...filter, ...order }))),
    { instructorId: 1, deleted: 1, createdAt: -1 },
    // A search has this order alone: in that of a figure each enrollment would rewrite an entry for every word of the course.
    { $text: 1, audience: 1, createdAt: -1 },
  ],
  text: ['title', 'description'],
});
