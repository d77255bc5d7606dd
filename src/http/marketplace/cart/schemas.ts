import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';

const CourseId = Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 64 });

export const AddItemBody = Type.Object({ courseId: CourseId });
export const ItemParams = Type.Object({ courseId: CourseId });
export const RemoveItemsBody = Type.Object({ courseIds: Type.Array(CourseId, { minItems: 1, maxItems: 100 }) });

export const CartItem = Type.Object({
  courseId: Type.String(),
  title: Type.String(),
  thumbnailUrl: Nullable(Type.String()),
  price: Type.Number({ description: 'As it is now' }),
  currency: Type.String(),
  isAvailable: Type.Boolean({ description: 'false: not on sale to the caller any more; it has to leave the cart' }),
  addedAt: Type.String(),
});

export const Cart = Type.Object({
  userId: Type.String(),
  items: Type.Array(CartItem),
  itemCount: Type.Integer(),
  subtotals: Type.Array(
    Type.Object({ currency: Type.String(), amount: Type.Number() }),
    { description: 'What the available items cost together, per currency' },
  ),
});
