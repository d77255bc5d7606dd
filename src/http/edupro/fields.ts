import { Type, type TSchema, type TStringOptions } from 'typebox';
import { Nullable } from '../../domain/kernel/event-schema.js';
import { INSTANT } from '../../primitives/instants.js';
import { Instant, LINE, Line, UNCOMMON } from '../shared/text-schemas.js';

// The fields of request bodies, by the names that Django REST framework has for them. `as-django-reads.ts` turns what was sent into
// these types first: "5" into 5, 49.9 into "49.9", " text " into "text".

export const BLANK_TEXT = 'This field may not be blank.';

const DECIMAL = '^[0-9]{1,8}(\\.[0-9]{1,2})?$';
const PERCENTAGE = '^(100(\\.0{1,2})?|[0-9]{1,2}(\\.[0-9]{1,2})?)$';
const SLUG_LIKE = '^[\\p{L}\\p{N}.+_-]+$';
const PHONE = '^\\+?[0-9][0-9 ()./-]{3,26}[0-9]$';
const CODE = '^[0-9]{6}$';
const COLOUR = '^(#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}))?$';

/** What Django says where one of these patterns is not met. */
const patternPhrases: Readonly<Record<string, string>> = {
  [INSTANT]: 'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
  [SLUG_LIKE]: 'Enter a valid username. This value may contain only letters, numbers, and ./+/-/_ characters.',
  [PHONE]: 'Enter a valid phone number.',
  [CODE]: 'Invalid OTP',
  [COLOUR]: 'Enter a valid hex color, eg. #000000',
  [LINE]: 'Enter one line, without control characters.',
};

/** What is wrong with an amount that does not have the form. */
const amountPhrase = (value: string): string => {
  if (!/^-?[0-9]+(\.[0-9]+)?$/.test(value)) return 'A valid number is required.';
  if (value.startsWith('-')) return 'Ensure this value is greater than or equal to 0.';
  if (/\.[0-9]{3}/.test(value)) return 'Ensure that there are no more than 2 decimal places.';
  return 'Ensure that there are no more than 8 digits before the decimal point.';
};

const percentagePhrase = (value: string): string =>
  new RegExp(DECIMAL).test(value) ? 'Ensure this value is less than or equal to 100.' : amountPhrase(value);

const ofNumbers: Readonly<Record<string, (value: string) => string>> = { [DECIMAL]: amountPhrase, [PERCENTAGE]: percentagePhrase };

/** What Django says of a text that does not have the form. */
export const patternPhrase = (pattern: string, value: unknown): string =>
  (typeof value === 'string' ? ofNumbers[pattern]?.(value.slice(0, 100)) : undefined) ?? patternPhrases[pattern] ?? 'Enter a valid value.';

/** Of one line, not blank. */
export const CharField = (maxLength = 255, options: Omit<TStringOptions, 'maxLength'> = {}) => Line({ minLength: 1, ...options, maxLength });
/** Of one line, or blank. */
export const BlankCharField = (maxLength = 255) => Line({ maxLength });
/** Of any number of lines, not blank. */
export const TextField = (maxLength = 20_000) => Type.String({ minLength: 1, maxLength });
/** Of any number of lines, or blank. */
export const BlankTextField = (maxLength = 20_000) => Type.String({ maxLength });
export const UsernameField = Type.String({ minLength: 1, maxLength: 150, pattern: SLUG_LIKE });
export const EmailField = Type.String({ minLength: 1, format: 'email', maxLength: 254 });
/** Kept as it was sent, blanks included. */
export const PasswordField = (options: TStringOptions = {}) => Type.String({ minLength: 1, maxLength: 1_000, ...options, 'x-untrimmed': true });
/** Not one of the commonest, where the configuration says so. */
export const NewPasswordField = PasswordField({ minLength: 8, maxLength: 128, format: UNCOMMON });
export const PhoneField = Type.String({ minLength: 1, maxLength: 30, pattern: PHONE });
export const OtpField = Type.String({ minLength: 1, maxLength: 6, pattern: CODE });
/** #rgb or #rrggbb, or blank. */
export const ColorField = Type.String({ maxLength: 20, pattern: COLOUR });
export const UuidField = Type.String({ minLength: 1, format: 'uuid', maxLength: 36 });
export const DateField = Type.String({ minLength: 1, format: 'date', maxLength: 10 });
export const DateTimeField = Instant({ minLength: 1 });
export const BooleanField = Type.Boolean();
export const IntegerField = (minimum?: number, maximum = 2_147_483_647) =>
  Type.Integer({ ...(minimum === undefined ? { minimum: -maximum } : { minimum }), maximum });
/** An amount from 0 on, with at most two places, as text. */
export const DecimalField = Type.String({ maxLength: 62, pattern: DECIMAL, 'x-decimal': true });
/** From 0 to 100, with at most two places, as text. */
export const PercentageField = Type.String({ maxLength: 62, pattern: PERCENTAGE, 'x-decimal': true });
export const ChoiceField = <const Choice extends string>(choices: readonly Choice[]) => Type.Enum([...choices]);
/** A file of a form: the key under which the file store has it. */
export const FileField = (description: string) => Type.String({ format: 'binary', minLength: 1, maxLength: 600_000_000, description });

/** A field that may be left out, and emptied by null. */
export const Clearable = <Schema extends TSchema>(schema: Schema) => Type.Optional(Nullable(schema));
