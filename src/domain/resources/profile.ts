import { Type } from 'typebox';
import { Personal } from '../kernel/event-schema.js';
import { optionalFields } from '../record/record-events.js';
import { resource } from '../record/resource.js';

const Line = (maxLength: number) => Personal(Type.String({ maxLength }));
const File = Type.String({ maxLength: 200, description: 'A key of the file store' });
const Colour = Type.String({ maxLength: 20 });

/** What a person tells of themselves beside the account. The id is the account's; the name and the picture are the account's own. */
export const profile = resource('Profile', {
  category: 'profile',
  description: 'The profile of a teacher or a student',
  fields: optionalFields({
    bio: Line(5_000),
    dateOfBirth: Personal(Type.String({ format: 'date', maxLength: 10 })),
    address: Line(500),
    country: Line(100),
    city: Line(100),
    gender: Line(20),
    specialization: Line(255),
    institution: Line(255),
    experience: Line(5_000),
    logoFile: File,
    primaryColor: Colour,
    primaryColorLight: Colour,
    primaryColorDark: Colour,
    secondaryColor: Colour,
    accentColor: Colour,
    backgroundColor: Colour,
  }),
  files: ['logoFile'],
  references: { ownerId: { to: 'account', cascade: true } },
  rules: { read: 'anyone', write: 'owner' },
  lists: [{ by: ['ownerId'] }],
});
