import { Type } from 'typebox';
import { resource } from '../record/resource.js';

export const level = resource('Level', {
  category: 'level',
  description: 'A level of an organization, such as a class or a grade',
  fields: {
    organizationId: Type.String({ minLength: 1, maxLength: 100 }),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    description: Type.Optional(Type.String({ maxLength: 2_000 })),
    order: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  },
  within: 'organizationId',
  unique: [{ fields: ['name'], ignoreCase: true }],
  most: 200,
  references: { organizationId: { to: 'organization', cascade: true } },
  rules: { read: 'organization-member', write: 'organization-levels-manager' },
  lists: [{ by: ['organizationId'], sort: { order: 1, createdAt: 1 } }, {}],
});
