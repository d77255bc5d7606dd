import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { Nullable } from '../kernel/event-schema.js';

/** How a payer goes on at the provider or the bank. */
export const NextAction = Type.Object({
  kind: Type.Enum(['redirect', 'client'], { description: 'redirect: open redirectUrl; client: hand clientSecret to the provider’s library' }),
  clientSecret: Nullable(Type.String()),
  redirectUrl: Nullable(Type.String()),
});
export type NextAction = Readonly<Static<typeof NextAction>>;

const validator = Compile(NextAction);

/** Undefined: the text is none. */
export const nextActionIn = (text: string): NextAction | undefined => {
  const parsed: unknown = JSON.parse(text);
  return validator.Check(parsed) ? parsed : undefined;
};
