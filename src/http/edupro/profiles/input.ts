import type { Static } from 'typebox';
import type { UpdateProfileInput } from '../../../commands/people/update-profile.js';
import type { ProfileFields } from '../people/presenter.js';
import { invalidField } from '../../shared/problem.js';
import { fileUrl } from '../../uploads/picture-store.js';
import type { StudentProfileChange, TeacherProfileChange } from './schemas.js';

type Sent = Static<typeof StudentProfileChange> & Static<typeof TeacherProfileChange>;
type Columns = Readonly<Record<keyof ProfileFields, string | null | undefined>>;

const columnsOf = (sent: Sent): Columns => ({
  bio: sent.bio,
  dateOfBirth: sent.date_of_birth,
  address: sent.address,
  country: sent.country,
  city: sent.city,
  gender: sent.gender,
  specialization: sent.specialization,
  institution: sent.institution,
  experience: sent.experiance,
  logoFile: sent.logo,
  primaryColor: sent.primary_color,
  primaryColorLight: sent.primary_color_light,
  primaryColorDark: sent.primary_color_dark,
  secondaryColor: sent.secondary_color,
  accentColor: sent.accent_color,
  backgroundColor: sent.background_color,
});

/** The changes that a form asks for; what is blank or null loses its value. Throws 400 for a day that is still to come. */
export const profileInput = (sent: Sent, publicUrl: string, now: Date): Omit<UpdateProfileInput, 'actor'> => {
  const { full_name: name, profile_picture: avatarFile, date_of_birth: born } = sent;
  if (typeof born === 'string' && born > now.toISOString().slice(0, 10)) throw invalidField('date_of_birth', 'Date of birth cannot be in the future.');
  const columns = Object.entries(columnsOf(sent));
  const fields = Object.fromEntries(columns.flatMap(([field, value]) => (value === undefined || value === null || value === '' ? [] : [[field, value] as const])));
  const cleared = columns.flatMap(([field, value]) => (value === null || value === '' ? [field] : []));
  return {
    ...(name === undefined ? {} : { name }),
    ...(avatarFile === undefined ? {} : { picture: { avatarFile, imageUrl: fileUrl(publicUrl, avatarFile) } }),
    fields,
    cleared,
  };
};
