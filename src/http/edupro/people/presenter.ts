import type { Static } from 'typebox';
import type { profile } from '../../../domain/resources/profile.js';
import type { FieldsOf } from '../../../domain/record/resource.js';
import type { PersonDocument } from '../../../projections/people/queries.js';
import { fileUrl } from '../../uploads/picture-store.js';
import { userTypeOf } from '../roles.js';
import type { BriefUser, FullUser, Student } from './schemas.js';

export type ProfileFields = FieldsOf<typeof profile>;

export const pictureOf = ({ avatarFile, imageUrl }: PersonDocument, publicUrl: string): string | null =>
  avatarFile === null ? imageUrl : fileUrl(publicUrl, avatarFile);

export const presentBriefUser = (person: PersonDocument): Static<typeof BriefUser> => ({
  id: person.number,
  first_name: person.fullName.firstName,
  last_name: person.fullName.lastName,
  email: person.email,
  phone: person.phone ?? '',
  user_type: userTypeOf(person.role),
  username: person.username ?? '',
  slug: person.slug,
});

export const presentFullUser = (person: PersonDocument, { logoFile }: ProfileFields, publicUrl: string): Static<typeof FullUser> => ({
  ...presentBriefUser(person),
  parent_phone: person.parentPhone ?? '',
  avatar: pictureOf(person, publicUrl),
  logo: logoFile === undefined ? null : fileUrl(publicUrl, logoFile),
  is_active: !person.deleted,
  created_at: person.registeredAt,
  last_login: person.lastLogin,
});

/** What the profiles of teachers and students have in common. `fields`: of the profile, empty where the person has none. */
export const presentProfile = (person: PersonDocument, fields: ProfileFields, publicUrl: string) => ({
  id: person.number,
  full_name: person.name,
  bio: fields.bio ?? '',
  profile_picture: pictureOf(person, publicUrl),
  date_of_birth: fields.dateOfBirth ?? null,
  address: fields.address ?? '',
  country: fields.country ?? '',
  city: fields.city ?? '',
  gender: fields.gender ?? '',
});

export const presentStudent = (person: PersonDocument, fields: ProfileFields, publicUrl: string): Static<typeof Student> => ({
  user: presentFullUser(person, fields, publicUrl),
  ...presentProfile(person, fields, publicUrl),
});
