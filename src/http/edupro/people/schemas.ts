import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { UserType } from '../roles.js';

const Url = Nullable(Type.String());

/** As log-in and the profile of a teacher show a person. Usernames are null for accounts of other surfaces that have none. */
export const BriefUser = Type.Object({
  id: Type.Integer(),
  first_name: Type.String(),
  last_name: Type.String(),
  email: Type.String(),
  phone: Type.String(),
  user_type: UserType,
  username: Type.String(),
  slug: Type.String(),
});

/** As lists of students show a person. */
export const FullUser = Type.Object({
  ...BriefUser.properties,
  parent_phone: Type.String(),
  avatar: Url,
  logo: Url,
  is_active: Type.Boolean(),
  created_at: Type.String(),
  last_login: Nullable(Type.String()),
});

/** The profile of a student. */
export const Student = Type.Object({
  user: FullUser,
  id: Type.Integer(),
  full_name: Type.String(),
  bio: Type.String(),
  profile_picture: Url,
  date_of_birth: Nullable(Type.String()),
  address: Type.String(),
  country: Type.String(),
  city: Type.String(),
  gender: Type.String(),
});
