import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { CharField, EmailField, FileField, NewPasswordField, PasswordField, PhoneField, UsernameField } from '../fields.js';
import { UserType } from '../roles.js';

const Picture = Type.Optional(FileField('PNG, JPEG, WebP or GIF, at most 2 MB'));

const person = {
  first_name: CharField(100),
  last_name: CharField(100),
  username: UsernameField,
  email: EmailField,
  phone: PhoneField,
  password1: NewPasswordField,
  password2: PasswordField(),
  avatar: Picture,
};

export const TeacherRegistration = Type.Object({ ...person, logo: Picture });
export const StudentRegistration = Type.Object({ ...person, parent_phone: PhoneField });

const registered = {
  id: Type.Integer(),
  email: Type.String(),
  phone: Type.String(),
  username: Type.String(),
  user_type: UserType,
  slug: Type.String(),
  avatar: Nullable(Type.String()),
};

export const RegisteredTeacher = Type.Object({
  message: Type.Literal('User created successfully'),
  user: Type.Object({ ...registered, logo: Nullable(Type.String()) }),
});

export const RegisteredStudent = Type.Object({
  message: Type.Literal('Student created successfully'),
  user: Type.Object({ ...registered, parent_phone: Type.String() }),
});
