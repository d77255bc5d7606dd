import { Type } from 'typebox';
import { ClientId, FilledText, SecureUrl, WebUrl } from '../shared/text-schemas.js';

/** Of a body. */
export const Uuid = Type.String({ format: 'uuid', maxLength: 36 });

/** Of a URL: what is no id names nothing that there is. */
export const inUrl = <const Name extends string>(...names: readonly Name[]) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, ClientId])) as Readonly<Record<Name, typeof ClientId>>);

export const Link = (maxLength = 2_048) => WebUrl({ maxLength });

/** Where the proof of a payment is: https only. */
export const ProofLink = SecureUrl({ minLength: 10, maxLength: 2_048 });

export const LongText = (minLength = 1) => FilledText({ minLength, maxLength: 10_000 });
