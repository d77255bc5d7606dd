import { Type, type Static, type TObject, type TProperties, type TSchema } from 'typebox';

/**
 * The schema of one kind of event. Its name is a contract: it never changes, and old versions are upcast on read. docs/events.md
 * prints `description`.
 */
export interface EventSchema<Name extends string = string, Data extends TObject = TObject> {
  readonly type: Name;
  readonly version: number;
  readonly description: string;
  readonly data: Data;
}

export const defineEvent = <Name extends string, Properties extends TProperties>(
  type: Name,
  description: string,
  properties: Properties,
  version = 1,
): EventSchema<Name, TObject<Properties>> => ({
  type,
  version,
  description,
  data: Type.Object(properties, { additionalProperties: false }),
});

export type EventOf<Schema> =
  Schema extends EventSchema<infer Name, infer Data> ? Readonly<{ type: Name; data: Readonly<Static<Data>> }> : never;

/** Marks a field that identifies a person: the codec may encrypt it per person, exports may leave it out. */
export const Personal = <Schema extends TSchema>(schema: Schema): Schema => ({ ...schema, 'x-personal': true });

/** Marks a field that nobody is ever shown, auditors and admins included (password hashes). */
export const Secret = <Schema extends TSchema>(schema: Schema): Schema => ({ ...schema, 'x-secret': true });

export const Id = Type.String({ minLength: 1, maxLength: 200 });
export const Timestamp = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });
/** A decimal number as a string, so that no cent is lost: "12.50". */
export const DecimalString = Type.String({ pattern: '^-?\\d+(\\.\\d+)?$' });
/** ISO 4217, upper case. */
export const Currency = Type.String({ pattern: '^[A-Z]{3}$' });
export const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
