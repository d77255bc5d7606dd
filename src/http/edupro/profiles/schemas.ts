import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { BlankCharField, BlankTextField, CharField, Clearable, ColorField, DateField, FileField } from '../fields.js';
import { BriefUser } from '../people/schemas.js';

const Url = Nullable(Type.String());
const Picture = Type.Optional(FileField('A PNG, JPEG, WebP or GIF of at most 5 MB'));

const aboutPerson = {
  full_name: Type.Optional(CharField(200)),
  bio: Clearable(BlankTextField(5_000)),
  profile_picture: Picture,
  date_of_birth: Clearable(DateField),
  address: Clearable(BlankTextField(500)),
  country: Clearable(BlankCharField(100)),
  city: Clearable(BlankCharField(100)),
  gender: Clearable(BlankCharField(20)),
};

const Colour = Clearable(ColorField);

export const StudentProfileChange = Type.Object(aboutPerson);

export const TeacherProfileChange = Type.Object({
  ...aboutPerson,
  specialization: Clearable(BlankCharField(255)),
  institution: Clearable(BlankCharField(255)),
  experiance: Clearable(BlankTextField(5_000)),
  logo: Picture,
  primary_color: Colour,
  primary_color_light: Colour,
  primary_color_dark: Colour,
  secondary_color: Colour,
  accent_color: Colour,
  background_color: Colour,
});

const aboutTeacher = {
  id: Type.Integer(),
  full_name: Type.String(),
  bio: Type.String(),
  profile_picture: Url,
  date_of_birth: Nullable(Type.String()),
  address: Type.String(),
  country: Type.String(),
  city: Type.String(),
  number_of_courses: Type.Integer(),
  specialization: Type.String(),
  institution: Type.String(),
  experiance: Type.String(),
  number_of_students: Type.Integer(),
  rating: Type.Number({ description: 'The average of all ratings of the courses; 0 where there are none' }),
  gender: Type.String(),
  created_at: Type.String(),
  logo: Url,
  primary_color: Type.String(),
  primary_color_light: Type.String(),
  primary_color_dark: Type.String(),
  secondary_color: Type.String(),
  accent_color: Type.String(),
  background_color: Type.String(),
};

export const TeacherProfile = Type.Object({ user: BriefUser, ...aboutTeacher });

export const PublicTeacher = Type.Object({ user: Type.Omit(BriefUser, ['phone', 'user_type']), ...aboutTeacher });
