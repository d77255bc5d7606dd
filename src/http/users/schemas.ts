import { Type } from 'typebox';

export const Email = Type.String({ format: 'email', maxLength: 254 });
export const NewPassword = Type.String({ minLength: 6, maxLength: 128 });
/** A password that is only compared may have any length that was ever allowed. */
export const GivenPassword = Type.String({ minLength: 1, maxLength: 1_000 });
export const Otp = Type.String({ minLength: 1, maxLength: 20 });
export const Username = Type.String({ pattern: '^[A-Za-z0-9_]{3,30}$', description: '3 to 30 letters, digits or underscores' });

const NamePart = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });

export const FullName = Type.Object({
  firstName: NamePart,
  lastName: NamePart,
  middleName: Type.Optional(Type.String({ maxLength: 100 })),
});

export const Phone = Type.Object({
  countryCode: Type.String({ pattern: '^\\+?[0-9]{1,4}(-[0-9]{1,4})?$', description: 'Such as +1' }),
  number: Type.String({ pattern: '^[0-9]{7,15}$', description: '7 to 15 digits' }),
});

export const Address = Type.Object({
  country: Type.Optional(Type.String({ maxLength: 100 })),
  city: Type.Optional(Type.String({ maxLength: 100 })),
  address1: Type.Optional(Type.String({ maxLength: 200 })),
  address2: Type.Optional(Type.String({ maxLength: 200 })),
  zipCode: Type.Optional(
    Type.Union([Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), Type.String({ maxLength: 20 })], {
      description: 'As text where it begins with a zero or has letters',
    }),
  ),
  addressType: Type.String({ minLength: 1, maxLength: 50, pattern: '\\S' }),
  _id: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
});

export const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) });
