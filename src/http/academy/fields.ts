import { Type } from 'typebox';
import { Nullable } from '../../domain/kernel/event-schema.js';
import { AnyText, ClientId, FilledText, SecureUrl, WebUrl } from '../shared/text-schemas.js';

/** Of a body. */
export const Uuid = Type.String({ format: 'uuid', maxLength: 36 });

/** Of a URL: what is no id names nothing that there is. */
export const inUrl = <const Name extends string>(...names: readonly Name[]) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, ClientId])) as Readonly<Record<Name, typeof ClientId>>);

export const Link = (maxLength = 2_048) => WebUrl({ maxLength });

/** Where the proof of a payment is: https only. */
export const ProofLink = SecureUrl({ minLength: 10, maxLength: 2_048 });

export const LongText = (minLength = 1) => FilledText({ minLength, maxLength: 10_000 });

/** What a form sends of a field that may be left out: blank and null say that there is none. */
export const Description = (maxLength: number) => Type.Optional(Nullable(AnyText({ maxLength })));

/** As records take it. Absent: it stays as it is. */
export const describedAs = (description: string | null | undefined): { readonly fields: { readonly description?: string }; readonly cleared: readonly string[] } => {
  if (description === undefined) return { fields: {}, cleared: [] };
  return description === null || description.trim() === '' ? { fields: {}, cleared: ['description'] } : { fields: { description }, cleared: [] };
};
