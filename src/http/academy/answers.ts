import { Type, type TSchema } from 'typebox';
import { envelope } from './surface.js';

/** The schema of `{status, message, data}`. */
export const Answer = <Data extends TSchema>(data: Data) => envelope.schema({ data });

/** `{status, message, data}`; the document's usual message is `Success`. */
export const answer = <Data>(data: Data, message = 'Success') => envelope.answer(message, { data });

/** Where nothing is left: data is null. */
export const Gone = Answer(Type.Null());
export const gone = (message: string) => answer(null, message);

/** An answer without the key data. */
export const Told = envelope.schema({});
export const told = (message: string) => envelope.done(message);
